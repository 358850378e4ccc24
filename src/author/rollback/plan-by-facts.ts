import type { Catalog, CatalogObject } from '../../postgres/catalog/catalog.ts'
import { planDifference, type PlannedStatement } from '../../postgres/catalog/plan-difference.ts'
import { readStructureFacts } from '../../postgres/catalog/structure-facts.ts'
import type { Connection } from '../../postgres/connect.ts'
import { splitName } from '../../postgres/catalog/names.ts'
import { columnClause } from './direct/column-clause.ts'
import { advance } from './direct/sequences.ts'
import { createSides } from './direct/sides.ts'
import { addColumnWithValues, needsValue } from './neutral-value.ts'
import { archivedColumns, type ArchivedTable } from './restore/archived-table.ts'
import { restoreArchives } from './restore/restore-archives.ts'
import type { Standpoint } from './rollback.ts'
import { planUnmodelled } from './unmodelled.ts'
import { attempt, type Attempt } from './try-statements.ts'

interface Goal {
  readonly now: Catalog
  readonly before: Standpoint
  readonly compare: () => Promise<Attempt['differences']>
  readonly archives: readonly ArchivedTable[]
}

/**
 * The way back as pg-delta plans it, for what the direct plan leaves out: views, functions, triggers, policies, and all
 * that depends on them. Columns that must hold a value are added with one, and sequences go on where they have to.
 */
export async function planByFacts(connection: Connection, goal: Goal): Promise<Attempt> {
  const planned = await planOrExplain(connection, goal)
  if ('error' in planned) return { statements: [], error: planned.error, differences: [] }
  const { now, archives } = goal
  const before = goal.before.catalog
  const sides = createSides(now, before, [], new Set(), archivedColumns(archives))
  const columns = new Map(
    before.objects.filter((o) => o.kind === 'column').map((o) => [splitName(o.name).join('\0'), o]),
  )
  const statements = planned.statements.flatMap((statement) => withValues(statement, columns, sides))
  const { first, last } = planUnmodelled(now, before)
  const restoration = restoreArchives({ tables: archives, now, before, madeAnew: new Set() })
  const standing = statements.findLastIndex((sql) => bringsBackPlace.test(sql)) + 1
  const rest = statements.toSpliced(standing, 0, ...restoration.restore, ...restoration.orphans)
  return attempt(connection, [...restoration.first, ...first, ...rest, ...last, ...advanceNew(goal)], goal.compare)
}

/** After the last of these every archived row and value has its place. */
const bringsBackPlace = /^(CREATE TABLE|ALTER TABLE .* (ADD COLUMN|ATTACH PARTITION|ALTER COLUMN .* TYPE)) /

async function planOrExplain(
  connection: Connection,
  goal: Goal,
): Promise<{ readonly statements: readonly PlannedStatement[] } | { readonly error: string }> {
  const to = await goal.before.facts()
  const from = await readStructureFacts(connection)
  try {
    return { statements: await planDifference({ from, to }) }
  } catch (error) {
    // pg-delta throws where it has no statement for a difference, with the reason in its message.
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

function withValues(
  statement: PlannedStatement,
  columns: ReadonlyMap<string, CatalogObject>,
  sides: ReturnType<typeof createSides>,
): readonly string[] {
  const { addsColumn } = statement
  const column =
    addsColumn === undefined
      ? undefined
      : columns.get([addsColumn.schema, addsColumn.table, addsColumn.name].join('\0'))
  // Of PostgreSQL 18, which pg-delta does not know yet.
  if (column?.definition['generatedAs'] === 'virtual') return [statement.sql.replace(/ STORED$/, ' VIRTUAL')]
  if (column === undefined || !needsValue(column)) return [statement.sql]
  const clause = columnClause(column, sides)
  const nullable = columnClause(column, sides, { nullable: true })
  if (clause === undefined || nullable === undefined) return [statement.sql]
  return addColumnWithValues(column, { clause, nullable }, sides.before, sides.archived.has(column.name))
}

/** Sequences that are not there now and belong to a column. */
function advanceNew({ now, before }: Goal): readonly string[] {
  const present = new Set(now.objects.filter((o) => o.kind === 'sequence').map((o) => o.name))
  return before.catalog.objects
    .filter((object) => object.kind === 'sequence' && !present.has(object.name))
    .flatMap((sequence) => advance(sequence).map((step) => step.sql))
}
