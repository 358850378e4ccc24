import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'

/** Where the embedded server of a project keeps what it has. */
export interface ServerFiles {
  /** The project's `.tide`. */
  readonly directory: string
  /** PostgreSQL's data folder, with the server's own `tide.json` in it. */
  readonly data: string
  /** How the names of data folders in the making begin; a finished one becomes `data` in one step. */
  readonly unfinished: string
  readonly log: string
}

/** The paths of the embedded server in a project's `.tide`. */
export function serverFiles(directory: string): ServerFiles {
  return {
    directory,
    data: join(directory, 'postgres'),
    unfinished: join(directory, 'postgres.new-'),
    log: join(directory, 'postgres.log'),
  }
}

/**
 * How the process of a data folder's server can be recognised by its command line: `tide-PATH-INODE`, where one of
 * the two still fits after the project was moved, and neither fits a copy of it. It is the server's `cluster_name`.
 * @throws the system's error where the folder does not exist
 */
export function serverMarks(data: string): { readonly name: string; readonly parts: readonly string[] } {
  const { dev, ino } = statSync(data)
  const parts = [digest(data), digest(`${String(dev)}:${String(ino)}`)]
  return { name: `tide-${parts.join('-')}`, parts }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
