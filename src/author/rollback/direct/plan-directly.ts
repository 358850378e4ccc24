import type { Catalog } from '../../../postgres/catalog/catalog.ts'
import { type CatalogDifference, compareCatalogs } from '../../../postgres/catalog/compare-catalogs.ts'
import type { Casts } from '../casts.ts'
import { archivedColumns, type ArchivedTable } from '../restore/archived-table.ts'
import { restoreArchives } from '../restore/restore-archives.ts'
import { columnSteps } from './columns.ts'
import { constraintSteps } from './constraints.ts'
import { enumSteps } from './enums.ts'
import { indexSteps } from './indexes.ts'
import { sequenceSteps } from './sequences.ts'
import { columnsMadeAnew, keysOnRetyped, standingOn } from './made-anew.ts'
import { createSides, isPartOf, type Sides } from './sides.ts'
import { inOrder, type Step } from './step.ts'
import { dropOrder, tableSteps } from './tables.ts'

const plannedKinds = ['table', 'column', 'constraint', 'index', 'enum', 'sequence'] as const
type PlannedKind = (typeof plannedKinds)[number]

/** The two catalogs between which the way back leads, and what is known of their columns. */
export interface DirectPlanInput {
  readonly now: Catalog
  readonly before: Catalog
  /** Columns that only share their name with those that were there before: see `replacedColumns`. */
  readonly replaced: ReadonlySet<string>
  readonly casts: Casts
  /** Whose rows and values are brought back on the way. */
  readonly archives?: readonly ArchivedTable[]
}

/**
 * The statements that lead from one catalog to another where they differ only in what a Prisma schema can express:
 * tables, columns, constraints, indexes, enums and sequences. Undefined where they differ in anything else.
 * Takes no reading of the database, which is what makes a rollback fast; whoever uses the plan tries it.
 */
export function planDirectly(input: DirectPlanInput): readonly string[] | undefined {
  const { now, before, replaced, casts, archives = [] } = input
  const differences = compareCatalogs(now, before)
  const made = columnsMadeAnew(differences, replaced, casts)
  const fallen = standingOn(made, now, before, differences)
  const keys = keysOnRetyped(now, before, [...differences, ...fallen])
  const archived = archivedColumns(archives)
  const sides = createSides(now, before, [...differences, ...fallen, ...keys], made, archived)
  const restoration = restoreArchives({ tables: archives, now, before, madeAnew: made })
  const steps: Step[] = [
    ...restoration.first.map((sql): Step => ({ phase: 'forget changed values', sql })),
    ...restoration.restore.map((sql): Step => ({ phase: 'restore archives', sql })),
    ...restoration.orphans.map((sql): Step => ({ phase: 'follow deleted parents', sql })),
  ]
  for (const difference of inDropOrder(sides)) {
    const planned = stepsFor(difference, sides, casts)
    if (planned === undefined) return undefined
    steps.push(...planned)
  }
  return inOrder(steps)
}

function stepsFor(difference: CatalogDifference, sides: Sides, casts: Casts): readonly Step[] | undefined {
  if (!isPlanned(difference.kind)) return goesWithItsTable(difference, sides) ? [] : undefined
  switch (difference.kind) {
    case 'table':
      return tableSteps(difference, sides)
    case 'column':
      return columnSteps(difference, sides, casts)
    case 'constraint':
      return constraintSteps(difference, sides, casts)
    case 'index':
      return indexSteps(difference, sides)
    case 'enum':
      return enumSteps(difference, sides, casts)
    case 'sequence':
      return sequenceSteps(difference, sides)
  }
}

function isPlanned(kind: string): kind is PlannedKind {
  return plannedKinds.some((one) => one === kind)
}

function goesWithItsTable({ kind, name, change }: CatalogDifference, sides: Sides): boolean {
  return change === 'removed' && ['trigger', 'policy', 'rule'].includes(kind) && isPartOf(sides.goingTables, name)
}

/** Tables that go stand in the order in which they can; all else as it comes. */
function inDropOrder(sides: Sides): readonly CatalogDifference[] {
  const order = dropOrder(sides)
  const place = (d: CatalogDifference): number => (d.kind === 'table' ? order.indexOf(d.name) : -1)
  return [...sides.differences].sort((a, b) => place(a) - place(b))
}
