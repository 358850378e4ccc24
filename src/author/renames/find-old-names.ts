import { isRecord, namesIn } from '../rollback/walk-tree.ts'
import type { KnownColumns, NamesBefore } from './names-before.ts'
import {
  columnsCalled,
  type CommonTables,
  functionItem,
  queryItem,
  rangeName,
  type ScopeItem,
  type Scopes,
  tableItem,
} from './query-scope.ts'

type Tree = Readonly<Record<string, unknown>>

/** An old name at its place in the text (in bytes), and what to write there. */
export interface OldName {
  readonly location: number
  readonly name: readonly string[]
}

/**
 * The old names of a tree, each at its place.
 * @param row what the names outside of all queries are of
 */
export function findOldNames(tree: unknown, row: ScopeItem | undefined, names: NamesBefore): readonly OldName[] {
  const edits: OldName[] = []
  visit(tree, row === undefined ? [] : [[row]], new Map(), { names, edits })
  return edits
}

interface Work {
  readonly names: NamesBefore
  readonly edits: OldName[]
}

function visit(tree: unknown, scopes: Scopes, common: CommonTables, work: Work): void {
  if (Array.isArray(tree)) {
    for (const part of tree) visit(part, scopes, common, work)
    return
  }
  if (!isRecord(tree)) return
  for (const [kind, node] of Object.entries(tree)) {
    if (kind === 'ColumnRef' && isRecord(node)) renameColumn(node, scopes, work.edits)
    else if ((kind === 'TypeName' || kind === 'typeName') && isRecord(node)) renameType(node, work)
    else if (kind === 'SelectStmt' && isRecord(node)) visitQuery(node, scopes, common, work)
    else visit(node, scopes, common, work)
  }
}

/** Visits a query; tells its columns. */
function visitQuery(query: Tree, outer: Scopes, around: CommonTables, work: Work): KnownColumns | undefined {
  const common = new Map(around)
  for (const { CommonTableExpr: table } of listOf(isRecord(query['withClause']) ? query['withClause']['ctes'] : [])) {
    if (!isRecord(table) || typeof table['ctename'] !== 'string') continue
    const inner = isRecord(table['ctequery']) ? table['ctequery']['SelectStmt'] : undefined
    const columns = isRecord(inner) ? visitQuery(inner, outer, common, work) : undefined
    const aliases = namesIn(table['aliascolnames'])
    common.set(table['ctename'], aliases.length === 0 ? columns : columnsCalled(aliases))
  }
  if (isRecord(query['larg']) && isRecord(query['rarg'])) {
    const columns = visitQuery(query['larg'], outer, common, work)
    visitQuery(query['rarg'], outer, common, work)
    return columns
  }
  const items: ScopeItem[] = []
  const scopes = [items, ...outer]
  for (const part of listOf(query['fromClause'])) visitFrom(part, items, scopes, common, work)
  const { withClause: _, fromClause: __, sortClause, ...rest } = query
  visit(rest, scopes, common, work)
  const targets = listOf(query['targetList']).map(({ ResTarget: target }) => target)
  const made = new Set(targets.map((target) => (isRecord(target) ? target['name'] : undefined)))
  const sorted = listOf(sortClause).filter(({ SortBy: by }) => !isRecord(by) || !isOneOf(made, onlyName(by['node'])))
  visit(sorted, scopes, common, work)
  return outputOf(query, items, scopes)
}

function visitFrom(part: Tree, items: ScopeItem[], scopes: Scopes, common: CommonTables, work: Work): void {
  const { RangeVar: table, RangeSubselect: query, RangeFunction: call, JoinExpr: join } = part
  if (isRecord(table)) {
    const written = rangeName(table)
    const now = written.schema === undefined && common.has(written.name) ? undefined : work.names.table(written)?.now
    if (now !== undefined && (now.name !== written.name || isElsewhere(now.schema, written.schema))) {
      work.edits.push(editOf(table, [now.schema ?? written.schema, now.name]))
    }
    items.push(tableItem(table, common, work.names))
  } else if (isRecord(query)) {
    const select = isRecord(query['subquery']) ? query['subquery']['SelectStmt'] : undefined
    const seen = query['lateral'] === true ? scopes : scopes.slice(1)
    items.push(queryItem(query, isRecord(select) ? visitQuery(select, seen, common, work) : undefined))
  } else if (isRecord(call)) {
    visit(call, scopes, common, work)
    items.push(functionItem(call))
  } else if (isRecord(join)) {
    for (const side of [join['larg'], join['rarg']]) if (isRecord(side)) visitFrom(side, items, scopes, common, work)
    visit(join['quals'], scopes, common, work)
  } else visit(part, scopes, common, work)
}

function isElsewhere(schema: string | undefined, written: string | undefined): boolean {
  return schema !== undefined && written !== undefined && schema !== written
}

/** The columns that a query gives, by the names that they get in it. */
function outputOf(query: Tree, items: readonly ScopeItem[], scopes: Scopes): KnownColumns | undefined {
  const has = new Set<string>()
  const renamed = new Map<string, string>()
  for (const { ResTarget: target } of listOf(query['targetList'])) {
    if (!isRecord(target)) return undefined
    const { name, val } = target
    if (typeof name === 'string') has.add(name)
    else if (isStar(val)) {
      for (const { columns } of items) {
        if (columns === undefined) return undefined
        for (const column of columns.has) has.add(column)
        for (const pair of columns.renamed) renamed.set(...pair)
      }
    } else {
      const given = givenName(val)
      const now = given === undefined ? undefined : findColumn(given, scopes)
      if (given !== undefined && now !== undefined) renamed.set(given, now)
      has.add(now ?? given ?? '')
    }
  }
  return { has, renamed: new Map([...renamed].filter(([old]) => !has.has(old))) }
}

/** What PostgreSQL calls a column that the query does not name, where it is called after a column. */
function givenName(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined
  if (isRecord(value['TypeCast'])) return givenName(value['TypeCast']['arg'])
  if (isRecord(value['FuncCall'])) return namesIn(value['FuncCall']['funcname']).at(-1)
  return isRecord(value['ColumnRef']) ? namesIn(value['ColumnRef']['fields']).at(-1) : undefined
}

function isStar(value: unknown): boolean {
  const fields = isRecord(value) && isRecord(value['ColumnRef']) ? value['ColumnRef']['fields'] : undefined
  return listOf(fields).some((field) => 'A_Star' in field)
}

function isOneOf(made: ReadonlySet<unknown>, name: string | undefined): boolean {
  return name !== undefined && made.has(name)
}

function onlyName(value: unknown): string | undefined {
  const names = isRecord(value) && isRecord(value['ColumnRef']) ? namesIn(value['ColumnRef']['fields']) : []
  return names.length === 1 ? names[0] : undefined
}

function renameColumn(reference: Tree, scopes: Scopes, edits: OldName[]): void {
  const fields = namesIn(reference['fields'])
  const isWhole = listOf(reference['fields']).some((field) => 'A_Star' in field)
  const [first = ''] = fields
  if (fields.length === 1 && !isWhole) {
    const now = findColumn(first, scopes)
    if (now !== undefined) edits.push(editOf(reference, [now]))
    if (now !== undefined || hasColumn(first, scopes)) return
  }
  const place = Math.max(0, fields.length - (isWhole ? 1 : 2))
  const item = scopes.flat().find(({ called }) => called.includes(fields[place] ?? ''))
  if (item === undefined) return
  const column = fields[place + 1]
  const now = column === undefined ? undefined : columnNow(column, item)
  const moved = item.now?.name === fields[place] ? undefined : item.now
  if (now === column && moved === undefined) return
  const written = fields.slice(0, place + 1)
  const front = moved === undefined ? written : [...(place === 0 ? [] : [moved.schema ?? written[0]]), moved.name]
  edits.push(editOf(reference, [...front, now]))
}

/** What a column of this item is called now, by the name that it has or had. */
function columnNow(column: string, { columns }: ScopeItem): string {
  return columns?.has.has(column) === true ? column : (columns?.renamed.get(column) ?? column)
}

/** What a column of this old name is called now; undefined where the name means one that is there, or none. */
function findColumn(name: string, scopes: Scopes): string | undefined {
  for (const items of scopes) {
    if (items.some(({ columns }) => columns === undefined || columns.has.has(name))) return undefined
    for (const { columns } of items) {
      const now = columns?.renamed.get(name)
      if (now !== undefined) return now
    }
  }
  return undefined
}

function hasColumn(name: string, scopes: Scopes): boolean {
  return scopes.flat().some(({ columns }) => columns?.has.has(name) === true)
}

function renameType(type: Tree, { names, edits }: Work): void {
  const [name, schema] = [...namesIn(type['names'])].reverse()
  const now = name === undefined ? undefined : names.type({ schema, name })
  if (now !== undefined) edits.push(editOf(type, [now.schema ?? schema, now.name]))
}

function editOf(node: Tree, name: readonly (string | undefined)[]): OldName {
  const { location } = node
  return { location: typeof location === 'number' ? location : -1, name: name.filter((part) => part !== undefined) }
}

function listOf(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}
