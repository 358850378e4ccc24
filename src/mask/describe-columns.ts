import type { ColumnFacts } from '../postgres/tables/table-facts.ts'
import { classifyOnce } from '../seed/classify/classify-once.ts'
import type { PiiClass } from '../seed/classify/rule.ts'
import { confidentMeaning } from '../seed/generators/meanings.ts'
import type { NamedTable } from '../seed/plan/name-tables.ts'
import type { ReviewedClassification } from './classification/classification.ts'
import type { MaskProblem } from './errors.ts'
import type { Mask } from './mask.ts'
import { findMask } from './masks.ts'
import { parseMask } from './parse-mask.ts'

/** A column that rows are written to, and what is to be done with its values. */
export interface DescribedColumn {
  readonly table: NamedTable
  readonly facts: ColumnFacts
  /** `schema.table.column`. */
  readonly key: string
  /** As a person knows it. */
  readonly where: string
  /** Undefined where nobody said. */
  readonly plan: ColumnPlan | undefined
}

/** Class and mask of a column. */
export interface ColumnPlan {
  readonly piiClass: PiiClass
  /** As it is written. */
  readonly written: string
  readonly mask: Mask
  readonly argument: string | undefined
  /** What the classifier takes it for. */
  readonly meaning: string | undefined
}

/** All columns of tables but generated ones; those that nothing is known of are problems, unless they point at another. */
export function describeColumns(
  tables: readonly NamedTable[],
  classification: ReviewedClassification,
  isLinked: (key: string) => boolean,
): { readonly columns: readonly DescribedColumn[]; readonly problems: readonly MaskProblem[] } {
  const problems: MaskProblem[] = []
  const columns = tables.flatMap((table) =>
    table.facts.columns
      .filter(({ generated }) => generated === undefined)
      .map((facts): DescribedColumn => {
        const field = table.fields.get(facts.name)?.name ?? facts.name
        const where = `${table.name}.${field}`
        const key = `${table.key}.${facts.name}`
        const known = { table, facts, key, where }
        if (isLinked(key)) return { ...known, plan: undefined }
        const reviewed = classification.tables[table.name]?.[field]
        if (reviewed?.accepted !== true) {
          const reason = reviewed === undefined ? 'it is not in seed/classification.json' : 'nobody accepted its classification'
          problems.push({ kind: 'unaccepted', where, reason })
          return { ...known, plan: undefined }
        }
        const written = parseMask(reviewed.mask)
        const mask = written === undefined ? undefined : findMask(written.name)
        if (mask === undefined) {
          problems.push({ kind: 'unfit', where, reason: `there is no mask ${reviewed.mask}` })
          return { ...known, plan: undefined }
        }
        const meaning = meaningOf(table, facts)
        return { ...known, plan: { piiClass: reviewed.class, written: reviewed.mask, mask, argument: written?.argument, meaning } }
      }),
  )
  return { columns, problems }
}

function meaningOf(table: NamedTable, facts: ColumnFacts): string | undefined {
  const documentation = table.fields.get(facts.name)?.documentation
  return confidentMeaning(classifyOnce({ ...facts, ...(documentation !== undefined && { documentation }) }, table.name))
}
