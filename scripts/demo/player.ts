import type { ChildProcess } from 'node:child_process'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Stage } from './stage.ts'
import { runCommand, type Outcome } from '../support/run-command.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, parseDatabaseUrl } from '../../src/postgres/database-url.ts'

/** A developer in one project folder: types commands, edits files and looks at rows; all of it is shown. */
export interface Player {
  readonly directory: string
  /** Types `tide …` as a person would; `hidden` runs it without showing anything. */
  tide(line: string, options?: TideOptions): Promise<Outcome>
  /** Runs SQL on the project's database and gives its rows, each as one text. */
  sql(statement: string): Promise<readonly string[]>
  /** The same, shown. */
  showSql(statement: string): Promise<readonly string[]>
  write(path: string, text: string): Promise<void>
  read(path: string): Promise<string>
  /** The newest folder of the history. */
  newestMigration(): Promise<string>
  /** Shows one file of the project. */
  showFile(path: string): Promise<string>
}

interface TideOptions {
  readonly hidden?: boolean
  readonly lines?: number
  /** Runs while the command does. */
  readonly during?: (child: ChildProcess) => Promise<void>
}

export function createPlayer(directory: string, stage: Stage): Player {
  const tide: Player['tide'] = async (line, options = {}) => {
    if (options.hidden !== true) stage.typed(`tide ${line}`)
    const outcome = await runCommand(line, directory, options.during)
    if (options.hidden !== true) stage.show(outcome.output, options.lines)
    return outcome
  }
  let url: DatabaseUrl | undefined
  const sql: Player['sql'] = async (statement) => {
    url ??= parseDatabaseUrl((await tide('db url', { hidden: true })).stdout.trim(), 'tide db url')
    return withConnection(url, async (connection) => {
      const results = await connection.query<(string | null)[]>({
        text: statement,
        rowMode: 'array',
        types: { getTypeParser: () => (value: string) => value },
      })
      // Several statements give a list of results.
      const last = [results].flat().at(-1)
      return (last?.rows ?? []).map((row) => row.map((value) => value ?? 'NULL').join(' | '))
    })
  }
  const read: Player['read'] = (path) => readFile(join(directory, path), 'utf8')
  return {
    directory,
    tide,
    sql,
    read,
    showSql: async (statement) => {
      stage.typed(statement, 'sql>')
      const rows = await sql(statement)
      stage.show(rows.length === 0 ? '(no rows)' : rows.join('\n'))
      return rows
    },
    write: async (path, text) => {
      await mkdir(dirname(join(directory, path)), { recursive: true })
      await writeFile(join(directory, path), text)
    },
    newestMigration: async () => {
      const entries = await readdir(join(directory, 'prisma/migrations'), { withFileTypes: true })
      const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
      return names.sort().at(-1) ?? ''
    },
    showFile: async (path) => {
      stage.typed(`cat ${path}`)
      const text = await read(path)
      stage.show(text)
      return text
    },
  }
}
