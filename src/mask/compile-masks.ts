import type { TableFacts } from '../postgres/tables/table-facts.ts'
import type { DataModel } from '../prisma/data-model.ts'
import type { Locale } from '../seed/locale/locale.ts'
import { nameTables, type NamedTable } from '../seed/plan/name-tables.ts'
import { tableKey } from '../seed/plan/table-key.ts'
import type { ReviewedClassification } from './classification/classification.ts'
import { allColumns } from './classification/database-columns.ts'
import { reviewClassification } from './classification/review-classification.ts'
import { compileConstraints, type TableConstraints } from './constraints.ts'
import { describeColumns } from './describe-columns.ts'
import { type MaskProblem, masksRefused } from './errors.ts'
import type { MaskKey } from './key.ts'
import type { OwnMask } from './define-mask.ts'
import type { Mask } from './mask.ts'
import { findMask } from './masks.ts'
import { judgeOwn, type NoteMade } from './judge-own.ts'
import { ownMask } from './own-mask.ts'
import { linkColumns, type VirtualRelation } from './link-columns.ts'
import { fitMasks, type FittedColumn } from './fit-masks.ts'
import type { MaskInput, TableMask } from './row-mask.ts'
import { schemaRelations } from './schema-relations.ts'
import { subjectTables } from './subjects.ts'
import { tableMask } from './table-mask.ts'
import { createWorld } from './world.ts'

/** What masks are compiled with besides the tables. */
export interface CompileOptions {
  readonly classification: ReviewedClassification
  readonly key: MaskKey
  readonly locale: Locale
  /** The Prisma schema, for the names in the classification; without it tables go by their own names. */
  readonly model?: DataModel
  /** Where tables of models without `@@schema` are; `public` where nothing is said. */
  readonly schema?: string
  /** What columns point at without a foreign key, besides the relations of the Prisma schema. */
  readonly relations?: readonly VirtualRelation[]
  /** Reference tables, as `schema.table`, whose rows are taken as they are; what points at them is kept as well. */
  readonly reference?: ReadonlySet<string>
  /** The user's own masks: see `loadOwnMasks`. */
  readonly ownMasks?: Readonly<Record<string, OwnMask>>
  /** Is told what comes out of them for columns of other types than text. */
  readonly noteMade?: NoteMade
  /** Milliseconds since 1970 that count as now for constraints that ask the clock; 2026 where nothing is said. */
  readonly now?: number
}

/**
 * Makes the masks of tables. All that can be known before the first row is judged here, and told at once.
 * @throws MASK_REFUSED for columns that nobody accepted, masks that cannot be made for their column, and masks that
 * could make distinct values of a unique column the same
 */
export async function compileMasks(input: MaskInput, options: CompileOptions): Promise<readonly TableMask[]> {
  const { classification, model, schema = 'public', relations = [], reference = new Set<string>() } = options
  const tables = nameTables(input.tables, model, schema)
  const stated = model === undefined ? [] : schemaRelations(model, schema)
  const links = linkColumns(input.tables, [...stated, ...relations])
  const find = maskFinder(options.ownMasks ?? {})
  const world = createWorld(options.key, options.locale)
  // What the schema's comments say counts, also where nobody has written the file anew since.
  const columnsNow = allColumns(model ?? { models: [], enums: [] }, input.tables, schema)
  const reviewed = reviewClassification(columnsNow, classification).classification
  const isListed = isIn(classification)
  const { columns, problems } = describeColumns({ tables, reviewed, isListed, links, reference, findMask: find })
  const subjects = subjectTables(tables, model)
  const now = options.now ?? Date.UTC(2026, 0, 1)
  const constraints = await constraintsOf(input.tables, now)
  const fitted = fitMasks({ columns, findMask: find, links, counts: input.counts, world, subjects, constraints })
  const all: readonly MaskProblem[] = [...problems, ...fitted.problems]
  if (all.length > 0) throw masksRefused(all)
  const columnsOf = (table: NamedTable): readonly FittedColumn[] => fitted.columns.filter((one) => one.table === table)
  return Promise.all(
    tables.map(async (table) => {
      const own = await judgeOwn(table.facts, columnsOf(table), now, options.noteMade)
      return { ...tableMask(table, columnsOf(table), world), ...(own === undefined ? {} : { own }) }
    }),
  )
}

async function constraintsOf(
  tables: readonly TableFacts[],
  now: number,
): Promise<ReadonlyMap<string, TableConstraints>> {
  const found = new Map<string, TableConstraints>()
  for (const table of tables) {
    const compiled = await compileConstraints(table, now)
    if (compiled !== undefined) found.set(tableKey(table), compiled)
  }
  return found
}

/** Masks of Tide, and those of the user. */
function maskFinder(own: Readonly<Record<string, OwnMask>>): (name: string) => Mask | undefined {
  const made = new Map(Object.entries(own).map(([name, mask]) => [name, ownMask(name, mask)]))
  return (name) => findMask(name) ?? made.get(name)
}

function isIn({ tables }: ReviewedClassification): (table: string, field: string) => boolean {
  return (table, field) => tables[table]?.[field] !== undefined
}
