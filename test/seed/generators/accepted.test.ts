import { expect, test } from 'vitest'
import { type Connection, withConnection } from '../../../src/postgres/connect.ts'
import { quoteIdentifier, quoteLiteral } from '../../../src/postgres/quote.ts'
import { readTables } from '../../../src/postgres/tables/read-tables.ts'
import type { ColumnFacts } from '../../../src/postgres/tables/table-facts.ts'
import { classifyRules } from '../../../src/seed/classify/rules.ts'
import type { Cell } from '../../../src/seed/cell.ts'
import { typeGenerators } from '../../../src/seed/generators/list-types.ts'
import { routablePart } from '../../../src/seed/unreachable/is-routable.ts'
import { createTestDatabase } from '../../support/database.ts'
import { generatedTable } from '../../support/generated-rows.ts'

const locales = ['en', 'de', 'fr', 'es', 'ja']
const notHere = ['citext', 'hstore', 'ltree', 'vector', 'halfvec', 'geometry', 'geography']

const typesOfGroup: Readonly<Record<string, readonly string[]>> = {
  text: ['text', 'varchar(255)', 'varchar(40)', 'varchar(20)', 'varchar(12)', 'varchar(5)', 'varchar(3)', 'char(2)', 'varchar(1)'],
  int: ['integer', 'bigint', 'smallint'],
  decimal: ['numeric', 'numeric(12,2)', 'numeric(5,2)', 'numeric(3,2)', 'numeric(2,1)', 'real', 'double precision', 'numeric(4,4)'],
  bool: ['boolean'], date: ['date'], timestamp: ['timestamptz', 'timestamp(3)', 'timestamp(0)'], time: ['time', 'timetz'],
  interval: ['interval'], uuid: ['uuid'], json: ['jsonb', 'json'], bytes: ['bytea'], inet: ['inet', 'cidr'], mac: ['macaddr', 'macaddr8'],
  range: ['tstzrange', 'daterange', 'int4range'], enum: ['mood'], vector: [], other: [],
}

test('every generator is accepted by a column of every type it may be asked for, as it comes and counted off', async () => {
  const names = [...new Map(classifyRules.map((rule) => [rule.generator + rule.types.join(), rule])).values()]
  const columns = names.flatMap((rule) =>
    rule.types.flatMap((group) => (typesOfGroup[group] ?? []).map((type) => ({ name: rule.names.split(',')[0] ?? '', type }))),
  )
  await acceptAll(columns.map(({ name, type }) => [name.replaceAll(' ', '_'), type]))
}, 120_000)

test('every type has values, also where the name says nothing', async () => {
  const types = Object.keys(typeGenerators).filter((type) => !notHere.includes(type))
  const sized = ['varchar(1)', 'char(7)', 'varchar(30)', 'numeric(6,3)', 'numeric(20,0)', 'bit(9)', 'varbit(3)', 'timestamp(0)', 'text[]', 'int[]', 'mood[]', 'uuid[]', 'inet[]', 'numeric(5,2)[]', 'mood']
  await acceptAll([...types.map((type) => (type === 'char' ? '"char"' : type)), ...sized].map((type) => ['zzz', type]))
}, 120_000)

/** A table for each name and type, filled in every language, and once with the first and the last distinct values. */
async function acceptAll(wanted: readonly (readonly [name: string, type: string])[]): Promise<void> {
  const database = await createTestDatabase()
  await withConnection(database, async (connection) => {
    await connection.query("CREATE TYPE mood AS ENUM ('new', 'paid', 'with space', 'cancelled')")
    const ddl = wanted.map(([name, type], at) => `CREATE TABLE t${at} (${quoteIdentifier(name)} ${type})`)
    await connection.query(ddl.join(';'))
    const problems: string[] = []
    for (const table of await readTables(connection)) {
      const [column] = table.columns
      if (column === undefined) continue
      for (const locale of locales.slice(0, column.type === 'text' ? 5 : 1)) {
        const { generators, row, view } = await generatedTable('Thing', table.columns, { locale })
        const generator = generators.get(column.name)
        const made = Array.from({ length: 40 }, (_, index) => row(index)[column.name] ?? null)
        const { at, capacity = 0 } = generator ?? {}
        const ends = [0, 1, Math.floor(capacity / 2), capacity - 2, capacity - 1].filter((index) => index >= 0)
        const counted = at === undefined ? [] : [...new Set(ends)].map((index) => at(index, view(index)))
        const label = `${generator?.name ?? ''} for ${column.name} ${column.type} in ${locale}`
        if (at !== undefined && new Set(counted).size < new Set(ends.filter((index) => index < capacity)).size) problems.push(`${label}: not distinct: ${counted.join(' ')}`)
        problems.push(...(await refused(connection, table.name, column, [...made, ...counted])).map((reason) => `${label}: ${reason}`))
        const routable = [...made, ...counted].map((cell) => routablePart(cell ?? '')).find((part) => part !== undefined)
        if (routable !== undefined) problems.push(`${label}: reaches ${routable}`)
      }
    }
    expect(problems).toEqual([])
  })
}

async function refused(
  connection: Connection,
  table: string,
  column: ColumnFacts,
  cells: readonly Cell[],
): Promise<readonly string[]> {
  const rows = cells.map((cell) => `(${cell === null ? 'NULL' : quoteLiteral(cell)})`)
  try {
    await connection.query(`INSERT INTO ${quoteIdentifier(table)} (${quoteIdentifier(column.name)}) VALUES ${rows.join(',')}`)
    return []
  } catch (error) {
    return [`${(error as Error).message} in ${cells.slice(-5).join(' ')}`]
  }
}
