import { openProject, type Project } from '../project/open-project.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import type { ProjectRehearsals } from '../project/project-rehearsals.ts'
import type { Context } from './context.ts'

/** A project and its servers; a server is looked for, and the embedded one started, only when it is asked for. */
export interface Workspace {
  readonly project: Project
  database(): Promise<DatabaseUrl>
  /** The caller closes it: `await using`. */
  rehearsals(): Promise<ProjectRehearsals>
}

/** Opens the project that the command was started for. */
export async function openWorkspace(context: Context): Promise<Workspace> {
  const project = await openProject({
    directory: context.directory,
    environment: context.environment,
    variables: context.variables,
  })
  const { report } = context
  return {
    project,
    database: async () => (await import('../project/servers.ts')).resolveDatabase(project, { report }),
    rehearsals: async () => (await import('../project/servers.ts')).resolveRehearsals(project, { report }),
  }
}

/** How long a statement waits for a lock: the flag, else `lockTimeout` of tide.config.ts, else the library's own. */
export function lockTimeoutOf(project: Project, flag: number | undefined): { readonly lockTimeoutMs?: number } {
  const lockTimeoutMs = flag ?? project.config.lockTimeout
  return lockTimeoutMs === undefined ? {} : { lockTimeoutMs }
}
