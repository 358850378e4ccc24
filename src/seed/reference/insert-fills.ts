import { quoteLiteral } from '../../postgres/quote.ts'
import type { FieldInfo, ModelInfo } from '../../prisma/data-model.ts'
import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import { columnOf } from './schema-tables.ts'

/** A value that Prisma's client would make and the database does not, for a column that nobody declared. */
export interface InsertFill {
  readonly column: string
  /** @param key SQL of the row's natural key: identifiers made of it are the same in every environment */
  readonly sql: (key: string) => string
  readonly onUpdate: boolean
}

/**
 * What rows get in the columns that are not declared: `@updatedAt` and `now()` the time of the run, identifiers a value
 * that follows from the natural key. A primary key of type uuid too, also where the database would make one.
 */
export function insertFills(
  model: ModelInfo,
  table: TableFacts,
  declared: ReadonlySet<string>,
  now: number,
): readonly InsertFill[] {
  const keys = table.primaryKey?.keys.flatMap((key) => ('column' in key ? [key.column] : [])) ?? []
  const time = `to_timestamp(${now / 1000})`
  return model.fields.flatMap((field): readonly InsertFill[] => {
    const column = columnOf(table, field)
    if (column === undefined || declared.has(column.name) || column.generated !== undefined) return []
    const isOpen = column.default === undefined && column.identity === undefined
    if (field.isUpdatedAt) return [{ column: column.name, sql: () => timeSql(time, column), onUpdate: true }]
    if (isOpen && isCall(field, 'now')) return [{ column: column.name, sql: () => timeSql(time, column), onUpdate: false }]
    const isOpenKey = keys.length === 1 && keys[0] === column.name && column.baseType === 'uuid'
    const make = isOpenKey ? uuidSql : isOpen ? identifierSql(field, column) : undefined
    if (make === undefined || table.foreignKeys.some(({ columns }) => columns.includes(column.name))) return []
    const sql = (key: string): string => make(`md5(${quoteLiteral(`${model.name}.${field.name}:`)} || ${key}::text)`)
    return [{ column: column.name, sql, onUpdate: false }]
  })
}

function identifierSql(field: FieldInfo, column: ColumnFacts): ((hash: string) => string) | undefined {
  if (isCall(field, 'uuid')) return column.baseType === 'uuid' ? uuidSql : (hash) => `(${uuidSql(hash)})::text`
  if (isCall(field, 'cuid')) return (hash) => `'c' || substr(${hash}, 1, ${field.defaultText?.includes('2') === true ? 23 : 24})`
  if (isCall(field, 'ulid')) return (hash) => `'01' || upper(substr(${hash}, 1, 24))`
  if (!isCall(field, 'nanoid')) return undefined
  const length = Number(/\d+/.exec(field.defaultText ?? '')?.[0] ?? 21)
  return (hash) => `substr(repeat(${hash}, ${Math.ceil(length / 32)}), 1, ${length})`
}

/** Version 8 of RFC 9562: the content is the maker's own. */
function uuidSql(hash: string): string {
  return `overlay(overlay(${hash} placing '8' from 13) placing 'a' from 17)::uuid`
}

function timeSql(time: string, column: ColumnFacts): string {
  return column.baseType === 'timestamptz' ? time : `(${time} AT TIME ZONE 'UTC')::${column.type}`
}

function isCall(field: FieldInfo, name: string): boolean {
  return new RegExp(`^\\s*${name}\\s*\\(`).test(field.defaultText ?? '')
}
