import { createHash } from 'node:crypto'
import { ColumnTypeEnum, type ColumnType, type SqlQuery, type SqlResultSet } from '@prisma/driver-adapter-utils'
import { arrayReader } from '../postgres/array-reader.ts'
import type { Connection } from '../postgres/connect.ts'

/** Answers the catalogue questions of Prisma's engine. */
export interface CatalogSource {
  /** The schema where unqualified names live. */
  readonly schemaName: string
  query(query: SqlQuery): Promise<SqlResultSet>
}

/** Answers already given, by question: the catalogue of a history's end does not change while the history does not. */
export type RecordedAnswers = Readonly<Record<string, SqlResultSet>>

/** Asks a live database. */
export function liveCatalog(connection: Connection, schemaName: string): CatalogSource {
  return {
    schemaName,
    query: async (query) => {
      const { sql: text, args: values } = query
      const result = await connection.query({ text, values, rowMode: 'array', types: { getTypeParser } })
      return {
        columnNames: result.fields.map((field) => field.name),
        columnTypes: result.fields.map((field) => columnTypes.get(field.dataTypeID) ?? ColumnTypeEnum.Text),
        rows: result.rows,
      }
    },
  }
}

/**
 * Answers from a record and asks `source` only what is not in it.
 * `recorded()` is the record with the new answers, `complete()` tells whether none was needed.
 */
export function recordedCatalog(
  record: RecordedAnswers,
  source: () => Promise<CatalogSource>,
  schemaName: string,
): CatalogSource & { recorded(): RecordedAnswers; complete(): boolean } {
  const answers: Record<string, SqlResultSet> = { ...record }
  let asked = false
  return {
    schemaName,
    query: async (query) => {
      const key = questionKey(query)
      const known = answers[key]
      if (known !== undefined) return known
      asked = true
      const answer = await (await source()).query(query)
      answers[key] = answer
      return answer
    },
    recorded: () => answers,
    complete: () => !asked,
  }
}

function questionKey(query: SqlQuery): string {
  return createHash('sha256').update(JSON.stringify([query.sql, query.args])).digest('hex').slice(0, 32)
}

const oid = { bool: 16, char: 18, int8: 20, int2: 21, int4: 23, oid: 26, float4: 700, float8: 701 } as const

/**
 * The engine's catalogue queries return few types. `"char"` must be a Character: as text it makes
 * the engine panic on PostgreSQL 18, whose catalogue lists NOT NULL constraints.
 */
const columnTypes: ReadonlyMap<number, ColumnType> = new Map<number, ColumnType>([
  [oid.bool, ColumnTypeEnum.Boolean],
  [oid.char, ColumnTypeEnum.Character],
  [oid.int8, ColumnTypeEnum.Int64],
  [oid.int2, ColumnTypeEnum.Int32],
  [oid.int4, ColumnTypeEnum.Int32],
  [oid.oid, ColumnTypeEnum.Int64],
  [oid.float4, ColumnTypeEnum.Float],
  [oid.float8, ColumnTypeEnum.Double],
  [1000, ColumnTypeEnum.BooleanArray],
  [1002, ColumnTypeEnum.CharacterArray],
  [1003, ColumnTypeEnum.TextArray],
  [1005, ColumnTypeEnum.Int32Array],
  [1007, ColumnTypeEnum.Int32Array],
  [1009, ColumnTypeEnum.TextArray],
  [1015, ColumnTypeEnum.TextArray],
  [1016, ColumnTypeEnum.Int64Array],
  [1028, ColumnTypeEnum.Int64Array],
])

/** Booleans, small integers and arrays as JavaScript values; everything else, bigint among it, as PostgreSQL's text. */
function getTypeParser(id: number): (text: string) => unknown {
  if (id === oid.bool) return (text) => text === 't'
  if (id === oid.int2 || id === oid.int4) return Number
  if (id >= 1000 && id <= 1028) return arrayReader(id)
  return (text) => text
}
