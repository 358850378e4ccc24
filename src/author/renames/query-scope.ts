import { isRecord, namesIn } from '../rollback/walk-tree.ts'
import type { ObjectName } from '../script/operation.ts'
import type { KnownColumns, NamesBefore } from './names-before.ts'

/** Something of a FROM clause, or the row itself: what it is called in front of its columns, and these. */
export interface ScopeItem {
  /** Its alias, or else its name, as the text may write it. */
  readonly called: readonly string[]
  /** What to write in front of a column, where the text has no alias and its table was renamed. */
  readonly now: ObjectName | undefined
  /** Undefined where that cannot be told. */
  readonly columns: KnownColumns | undefined
}

/** The items that a name may mean, the innermost query first. */
export type Scopes = readonly (readonly ScopeItem[])[]

/** The queries of a WITH, by their names. */
export type CommonTables = ReadonlyMap<string, KnownColumns | undefined>

/** The row that an expression is over, of a table that is called so now. */
export function rowItem(row: ObjectName, names: NamesBefore): ScopeItem {
  const known = names.table(row)
  return { called: known === undefined ? [row.name] : [row.name, known.before.name], now: row, columns: known?.columns }
}

/** A table of a query: one of a WITH, one of the database, or one that nobody knows. */
export function tableItem(
  range: Readonly<Record<string, unknown>>,
  common: CommonTables,
  names: NamesBefore,
): ScopeItem {
  const written = rangeName(range)
  const alias = aliasOf(range)
  const called = [alias?.name ?? written.name]
  if (written.schema === undefined && common.has(written.name)) {
    return { called, now: undefined, columns: withAliases(common.get(written.name), alias) }
  }
  const known = names.table(written)
  const now = alias !== undefined || known === undefined || known.now.name === written.name ? undefined : known.now
  return { called, now, columns: withAliases(known?.columns, alias) }
}

/** A sub-select of a FROM clause. */
export function queryItem(range: Readonly<Record<string, unknown>>, columns: KnownColumns | undefined): ScopeItem {
  const alias = aliasOf(range)
  return { called: alias === undefined ? [] : [alias.name], now: undefined, columns: withAliases(columns, alias) }
}

/** A function of a FROM clause: its columns are the named ones, or one that is called like itself, or those of JSON. */
export function functionItem(range: Readonly<Record<string, unknown>>): ScopeItem {
  const alias = aliasOf(range)
  const functions = JSON.stringify(range['functions'] ?? [])
  const own = [...functions.matchAll(/"sval":"((?:[^"\\]|\\.)*)"/g)].map(([, name = '']) => name)
  const called = alias === undefined ? own : [alias.name]
  const columns = alias?.columns.length ? alias.columns : [...called, ...usualColumns]
  return { called, now: undefined, columns: columnsCalled(columns) }
}

const usualColumns = ['key', 'value', 'ordinality', 'lexeme', 'positions', 'weights']

/** Columns of these names, none of them renamed. */
export function columnsCalled(names: readonly string[]): KnownColumns {
  return { has: new Set(names), renamed: new Map() }
}

/** The table of a RangeVar as it is written. */
export function rangeName(range: Readonly<Record<string, unknown>>): ObjectName {
  const { schemaname, relname } = range
  return {
    schema: typeof schemaname === 'string' ? schemaname : undefined,
    name: typeof relname === 'string' ? relname : '',
  }
}

interface Alias {
  readonly name: string
  readonly columns: readonly string[]
}

function aliasOf(range: Readonly<Record<string, unknown>>): Alias | undefined {
  const { alias } = range
  if (!isRecord(alias) || typeof alias['aliasname'] !== 'string') return undefined
  return { name: alias['aliasname'], columns: namesIn(alias['colnames']) }
}

/** The first columns may get other names: `AS t(a, b)`; what the rest are called stays. */
function withAliases(columns: KnownColumns | undefined, alias: Alias | undefined): KnownColumns | undefined {
  if (columns === undefined || alias === undefined || alias.columns.length === 0) return columns
  return { has: new Set([...alias.columns, ...columns.has]), renamed: columns.renamed }
}
