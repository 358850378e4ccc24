import type { Colors } from '../colors.ts'

interface BugScene {
  readonly version: string
  readonly nodeVersion: string
  /** The command's name alone: its values may hold a password. */
  readonly command: string
}

/** What is no failure: a mistake in Tide, with all that a report needs. */
export function renderBug(error: unknown, scene: BugScene, colors: Colors): string {
  return [
    `${colors.red(colors.bold('bug'))} ${colors.bold('CLI_BUG')}  ${summary(error)}`,
    '',
    error instanceof Error ? (error.stack ?? '') : '',
    '',
    'This is a mistake in Tide, not in your project. Please report it with the lines above,',
    `the command (${scene.command}), and: tide ${scene.version}, Node.js ${scene.nodeVersion}.`,
    '',
  ].join('\n')
}

/** The same for `--json`. */
export function bugDocument(error: unknown, scene: BugScene): object {
  const stack = error instanceof Error ? error.stack : undefined
  return { error: { code: 'CLI_BUG', message: summary(error), fix: 'Report it: this is a mistake in Tide.', stack, ...scene } }
}

function summary(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
