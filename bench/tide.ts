import { fileURLToPath } from 'node:url'
import { type Command, run } from './measure.ts'

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

/** The built `tide` in a project's folder. */
export function tide(
  directory: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Command {
  return { program: process.execPath, args: [main, ...args], directory, variables }
}

/** The URL of the project's embedded server, as `tide db url` prints it. */
export async function embeddedUrl(directory: string): Promise<string> {
  const { stdout } = await run(tide(directory, ['db', 'url']))
  return stdout.trim()
}

/** The same server, another database. */
export function onDatabase(url: string, database: string): string {
  const whole = new URL(url)
  whole.pathname = `/${database}`
  whole.search = ''
  return whole.toString()
}
