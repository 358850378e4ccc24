import { spawn } from 'node:child_process'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { MarkdownSession } from './markdown-session.ts'
import { printLikePsql } from './psql.ts'
import { replaceModels } from '../../scripts/support/replace-models.ts'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/**
 * A shell in a project's folder, as the reader of a page has it: `npx tide` is the built command, and
 * `psql "$(npx tide db url)" -c "…"` works without psql. A schema of models alone keeps its datasource and generator.
 * `--quiet` leaves out the progress, which a terminal shows only while it lasts.
 */
export async function createShellSession(
  directory: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<MarkdownSession> {
  const bin = join(directory, '..', 'bin')
  await mkdir(bin, { recursive: true })
  await writeFile(join(bin, 'npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${main}" "$@" --quiet\n`)
  await chmod(join(bin, 'npx'), 0o755)
  const { DATABASE_URL: _, ...inherited } = process.env
  const environment = { ...inherited, ...variables, NO_COLOR: '1', PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` }
  const run = (line: string): Promise<string> => runShell(line, directory, environment)
  return {
    run: async (line) => {
      const statement = /^psql "\$\(npx tide db url\)" -c "([^]*)"$/.exec(line)?.[1]
      if (statement === undefined) return run(line)
      return printLikePsql((await run('npx tide db url')).trim(), statement.replaceAll(/\\(["\\$`])/g, '$1'))
    },
    write: async (path, text) => {
      const file = join(directory, path)
      await mkdir(dirname(file), { recursive: true })
      const isModels = path.endsWith('schema.prisma') && !text.includes('datasource')
      await writeFile(file, isModels ? replaceModels(await readFile(file, 'utf8'), text) : text)
    },
  }
}

function runShell(line: string, directory: string, environment: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', `exec 2>&1; ${line}`], { cwd: directory, env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', reject)
    child.on('close', () => {
      resolve(output)
    })
  })
}
