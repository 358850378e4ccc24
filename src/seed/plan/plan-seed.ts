import type { CompiledChecks } from '../constraints/domain.ts'
import { parentEmpty } from './errors.ts'
import type { Locale } from '../locale/locale.ts'
import { casesOfOneDomain, columnSources } from '../rows/column-sources.ts'
import type { TableRules } from '../rows/table-rules.ts'
import type { NamedTable } from './name-tables.ts'
import { orderTables, type TableOrder } from './order-tables.ts'
import { planRelations, tellApart } from './plan-relations.ts'
import { planTable } from './plan-table.ts'
import type { MovedRows, ReadParent, SeedPlan, TablePlan } from './seed-plan.ts'
import { tableKey } from './table-key.ts'
import { uniqueSets } from './unique-sets.ts'
import { ruleUnused } from '../rules/errors.ts'
import { planTotals, type UntotalledTable } from '../totals/plan-totals.ts'

/** What a plan is made from. */
export interface PlanInput {
  readonly seed: string
  readonly now: number
  readonly edges?: number
  readonly locale: Locale
  readonly tables: readonly NamedTable[]
  /** By key; tables that are not in it are not filled. */
  readonly counts: ReadonlyMap<string, number>
  readonly checks: ReadonlyMap<string, TableChecks>
  /** Keys of rows that are there, of tables that are not filled. */
  readonly parents: ReadonlyMap<string, ReadParent>
  /** The highest number of a key that is there, of tables that have rows. */
  readonly offsets: ReadonlyMap<string, number>
  readonly rules: ReadonlyMap<string, TableRules>
  /** By key, of tables that are filled already: their rows that count as other ones. */
  readonly moved?: ReadonlyMap<string, MovedRows>
}

/** The compiled checks of a table, and the same with the predicates of its partial unique indexes denied. */
export interface TableChecks {
  readonly checks: CompiledChecks
  readonly denied: CompiledChecks | undefined
  readonly deniable: ReadonlySet<string>
}

/**
 * Plans a run: pure, and all that rows depend on is in the plan.
 * @throws SEED_CYCLE, SEED_CAPACITY, SEED_PARENT_EMPTY, SEED_EXCLUSION, SEED_RULE_UNUSED
 */
export function planSeed(input: PlanInput): SeedPlan {
  const filled = input.tables.filter(({ key }) => input.counts.has(key))
  const order = orderTables(filled.map(({ facts }) => facts))
  const places = new Map(order.groups.flatMap(({ tables }) => tables.map(tableKey)).map((key, place) => [key, place]))
  const named = new Map(filled.map((table) => [table.key, table]))
  const tables = [...places.keys()].flatMap((key) => named.get(key) ?? [])
  const distinct = new Map<string, ReadonlySet<string>>()
  const isDistinct = (key: string, column: string): boolean =>
    distinct.get(key)?.has(column) ?? isDistinctRead(input.parents.get(key), column)
  const counted = new Map<string, ReadonlySet<string>>()
  const isAscending: Planned['isAscending'] = (key, column) =>
    counted.get(key)?.has(column) ?? isAscendingRead(input.parents.get(key), column)
  const planned = tables.map((table) => {
    const one = planOne(table, input, { order, places, isDistinct, isAscending })
    distinct.set(table.key, distinctColumns(one, isDistinct))
    const numbers = one.columns.filter(({ fill }) => fill.kind === 'number' && fill.index === undefined)
    counted.set(table.key, new Set(numbers.map(({ column }) => column)))
    return one
  })
  return {
    seed: input.seed,
    now: input.now,
    ...(input.edges === undefined ? {} : { edges: input.edges }),
    locale: input.locale.name,
    tables: planned.map((table) => ({ ...table, totals: planTotals(table, planned, input.rules) })),
    groups: order.groups.map((group) => ({ tables: group.tables.map(tableKey), isDeferred: group.isDeferred })),
    parents: input.parents,
  }
}

interface Planned {
  readonly order: TableOrder
  readonly places: ReadonlyMap<string, number>
  readonly isDistinct: (key: string, column: string) => boolean
  readonly isAscending: (key: string, column: string) => boolean
}

function planOne(
  table: NamedTable,
  input: PlanInput,
  { order, places, isDistinct, isAscending }: Planned,
): UntotalledTable {
  const rows = input.counts.get(table.key) ?? 0
  const known = input.checks.get(table.key)
  const parentRows = (key: string): number => input.counts.get(key) ?? input.parents.get(key)?.rows.length ?? 0
  const place = places.get(table.key) ?? 0
  const planned = planRelations(table.facts, order.patched, (key) => (places.get(key) ?? -1) < place)
  const relations = known === undefined ? planned : tellApart(planned, known.checks)
  for (const { name, columns, parent, nullable } of relations) {
    if (nullable.length === 0 && parentRows(parent) === 0) throw parentEmpty(table.name, name, columns, parent)
  }
  const rules = input.rules.get(table.name)
  const sources = columnSources({
    run: input,
    locale: input.locale,
    table: { name: table.name, facts: table.facts, rows, fields: table.fields },
    ...(rules?.generators === undefined ? {} : { generators: rules.generators }),
  })
  const keyed = new Set(uniqueSets(table.facts).flatMap(({ columns }) => columns))
  const narrowed = (checks: CompiledChecks): CompiledChecks =>
    table.facts.columns
      .filter(({ name }) => keyed.has(name))
      .reduce((some, column) => casesOfOneDomain(some, column, sources), checks)
  const unchecked = { cases: [{ domains: new Map(), comparisons: [], weight: 1 }], asked: [], tied: [] }
  const checks = narrowed(known?.checks ?? unchecked)
  const [first] = checks.cases
  const filled = planTable({
    facts: table.facts,
    name: table.name,
    rows,
    offset: input.offsets.get(table.key) ?? 0,
    fields: table.fields,
    checks,
    deniable: known?.deniable ?? new Set(),
    relations,
    parentRows,
    isDistinct,
    isAscending,
    source: (column) => sources(column, first ?? { domains: new Map(), comparisons: [], weight: 1 }),
  })
  refuseUnusedRules(table, rules, filled.columns)
  return {
    key: table.key,
    name: table.name,
    model: table.model,
    facts: table.facts,
    rows,
    offset: input.offsets.get(table.key) ?? 0,
    moved: input.moved?.get(table.key) ?? new Map(),
    fields: table.fields,
    checks,
    denied: filled.partials.length === 0 || known?.denied === undefined ? undefined : narrowed(known.denied),
    ...filled,
    given: (rules?.rows ?? []).map((row) => byColumn(row, table)),
  }
}

/** A rule that would be passed over in silence is none that anybody wanted. */
function refuseUnusedRules(
  { name, fields }: NamedTable,
  rules: TableRules | undefined,
  columns: UntotalledTable['columns'],
): void {
  for (const { column, fill } of columns) {
    const field = fields.get(column)?.name ?? column
    const reason = reasons[fill.kind]
    if (reason !== undefined && rules?.generators?.has(field) === true) throw ruleUnused(`${name}.${field}`, reason)
  }
}

const reasons: Readonly<Partial<Record<TablePlan['columns'][number]['fill']['kind'], string>>> = {
  relation: 'The column belongs to a relation: it holds the key of a row that there is.',
  number: 'The column is a key that counts its rows: other rows point to it.',
  slot: 'An exclusion constraint says which values go together; Tide lays them side by side.',
}

/** Columns that have another value in each row of the table. */
function distinctColumns(
  { columns, relations }: Pick<TablePlan, 'columns' | 'relations'>,
  isDistinct: Planned['isDistinct'],
): ReadonlySet<string> {
  const own = columns.filter(
    ({ fill }) => fill.kind === 'number' || (fill.kind === 'distinct' && fill.index.kind === 'row'),
  )
  const single = relations.filter(({ pick }) => pick.kind === 'index' && pick.index.kind === 'row')
  const taken = single.flatMap(({ columns: names, parent, targetColumns }) =>
    names.filter((_, place) => isDistinct(parent, targetColumns[place] ?? '')),
  )
  return new Set([...own.map(({ column }) => column), ...taken])
}

function isDistinctRead(parent: ReadParent | undefined, column: string): boolean {
  const place = parent?.columns.indexOf(column) ?? -1
  if (parent === undefined || place < 0) return false
  return new Set(parent.rows.map((row) => row[place])).size === parent.rows.length
}

/** Numbers are read in their order; other keys may be ordered otherwise by a check. */
function isAscendingRead(parent: ReadParent | undefined, column: string): boolean {
  return parent?.columns[0] === column && parent.rows.every(([value]) => /^-?\d+$/u.test(value ?? ''))
}

/** Given cells are named by field or column. */
function byColumn<Value>(row: ReadonlyMap<string, Value>, { fields }: NamedTable): ReadonlyMap<string, Value> {
  const columns = new Map([...fields].map(([column, { name }]) => [name, column]))
  return new Map([...row].map(([name, value]) => [columns.get(name) ?? name, value]))
}
