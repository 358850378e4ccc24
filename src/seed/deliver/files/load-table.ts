import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from '../../../postgres/connect.ts'
import { copyIn } from '../../../postgres/copy/copy-in.ts'
import { copyLine } from '../../../postgres/copy/copy-text.ts'
import { fitIdentifier, quoteIdentifier, quoteQualified } from '../../../postgres/quote.ts'
import type { TableFacts } from '../../../postgres/tables/table-facts.ts'
import type { Cell } from '../../cell.ts'
import { filesDamaged } from './errors.ts'
import type { FileFormat } from './formats.ts'
import type { ManifestTable } from './manifest.ts'
import { readLines } from './read-lines.ts'

/** A table whose rows are loaded. */
export interface TableToLoad {
  readonly connection: Connection
  readonly directory: string
  readonly format: FileFormat
  readonly entry: ManifestTable
  readonly facts: TableFacts
  /** Called between two pieces of the file. */
  readonly tell: () => void
}

/**
 * Loads the rows of a table. Columns that close a cycle are NULL until `patchLoaded`.
 * @returns how many rows the file had
 */
export async function loadTable(load: TableToLoad): Promise<number> {
  const { connection, directory, format, entry, facts } = load
  const target = quoteQualified(facts.schema, facts.name)
  if (format === 'sql') return runStatements(load, entry.file, `INSERT INTO ${target} (`)
  const columns = entry.columns.map(({ name }) => name)
  const names = columns.map(quoteIdentifier)
  const isStaged = stages(load)
  if (isStaged) {
    const empty = `SELECT ${names.join(', ')} FROM ${target} WITH NO DATA`
    await connection.query(`CREATE TEMPORARY TABLE ${stageOf(load)} ON COMMIT DROP AS ${empty}`)
  }
  const path = join(directory, entry.file)
  const texts: AsyncIterable<string | Uint8Array> =
    format === 'ndjson' ? linesOf(path, entry) : (createReadStream(path) as AsyncIterable<Buffer>)
  const into = isStaged ? stageOf(load) : target
  const rows = await copyIn(connection, into, columns, telling(texts, load.tell), format === 'csv' ? 'csv' : 'text')
  if (isStaged) {
    const values = columns.map((name) => (entry.patched.includes(name) ? 'NULL' : quoteIdentifier(name)))
    await connection.query(
      `INSERT INTO ${target} (${names.join(', ')}) OVERRIDING SYSTEM VALUE SELECT ${values.join(', ')} FROM ${stageOf(load)}`,
    )
  }
  return rows
}

/**
 * Sets the columns that close a cycle, once all rows of the transaction are there.
 * @returns how many rows took them; undefined where that is not known: no column closes a cycle, or statements do it
 */
export async function patchLoaded(load: TableToLoad): Promise<number | undefined> {
  const { connection, entry, facts } = load
  if (entry.patched.length === 0) return undefined
  const target = quoteQualified(facts.schema, facts.name)
  if (entry.patch !== undefined) {
    await runStatements(load, entry.patch.file, `UPDATE ${target} SET `)
    return undefined
  }
  const keys = facts.primaryKey?.keys.flatMap((key) => ('column' in key ? [key.column] : [])) ?? []
  const equation = (name: string, left: string): string => `${left}${quoteIdentifier(name)} = s.${quoteIdentifier(name)}`
  const { rowCount } = await connection.query(
    `UPDATE ${target} AS t SET ${entry.patched.map((name) => equation(name, '')).join(', ')} FROM ${stageOf(load)} AS s
     WHERE ${keys.map((name) => equation(name, 't.')).join(' AND ')}`,
  )
  return rowCount ?? 0
}

/** Whether rows go through a table of their own: for values that wait, and where COPY is not allowed. */
function stages({ entry, facts }: TableToLoad): boolean {
  return entry.patched.length > 0 || facts.rowSecurity
}

function stageOf({ entry }: TableToLoad): string {
  return `pg_temp.${quoteIdentifier(fitIdentifier(`tide_${entry.file}`))}`
}

/** One statement a line, each on this table: nothing else in such a file is run. */
async function runStatements(
  { connection, directory, tell }: TableToLoad,
  file: string,
  start: string,
): Promise<number> {
  let rows = 0
  let number = 0
  for await (const line of readLines(join(directory, file))) {
    number += 1
    if (!line.startsWith(start)) throw filesDamaged(file, `line ${number} does not begin with ${start.trim()}`)
    // The extended protocol takes one statement only.
    const statement = { text: line, queryMode: 'extended' }
    const result = await connection.query(statement)
    rows += result.rowCount ?? 0
    tell()
  }
  return rows
}

async function* linesOf(path: string, { file, columns }: ManifestTable): AsyncGenerator<string> {
  let number = 0
  for await (const line of readLines(path)) {
    number += 1
    const row = parseRow(line)
    yield copyLine(
      columns.map(({ name }) => {
        const value = row?.[name]
        if (value === null || typeof value === 'string') return value satisfies Cell
        if (typeof value === 'number' || typeof value === 'boolean') return String(value)
        throw filesDamaged(file, `line ${number} is not an object with a value for ${name}`)
      }),
    )
  }
}

function parseRow(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}

async function* telling<Chunk>(chunks: AsyncIterable<Chunk>, tell: () => void): AsyncGenerator<Chunk> {
  for await (const chunk of chunks) {
    tell()
    yield chunk
  }
}
