import { nearestName } from '../errors/nearest-name.ts'
import type { ColumnFacts } from '../postgres/tables/table-facts.ts'
import { classifyOnce } from '../seed/classify/classify-once.ts'
import type { PiiClass } from '../seed/classify/rule.ts'
import { confidentMeaning } from '../seed/generators/meanings.ts'
import type { NamedTable } from '../seed/plan/name-tables.ts'
import type { ReviewedClassification } from './classification/classification.ts'
import type { MaskProblem } from './errors.ts'
import type { Mask } from './mask.ts'
import { maskNames } from './masks.ts'
import { keep } from './masks/keep.ts'
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
  /** Of a table whose rows are taken as they are: its values are nobody's, whatever their class. */
  readonly isReference?: boolean
}

interface DescribeInput {
  readonly tables: readonly NamedTable[]
  readonly reviewed: ReviewedClassification
  /** Whether the file has the column, whatever it says. */
  readonly isListed: (table: string, field: string) => boolean
  /** Columns that point at others. */
  readonly links: ReadonlyMap<string, readonly string[]>
  /** Tables whose rows are taken as they are. */
  readonly reference: ReadonlySet<string>
  readonly findMask: (name: string) => Mask | undefined
}

/** All columns but generated ones; those that nothing is known of are problems, unless they point at another. */
export function describeColumns(
  input: DescribeInput,
): { readonly columns: readonly DescribedColumn[]; readonly problems: readonly MaskProblem[] } {
  const problems: MaskProblem[] = []
  const columns = input.tables.flatMap((table) =>
    table.facts.columns
      .filter(({ generated }) => generated === undefined)
      .map((facts) => describe(input, table, facts, problems)),
  )
  return { columns, problems }
}

function describe(
  { reviewed, isListed, links, reference, findMask }: DescribeInput,
  table: NamedTable,
  facts: ColumnFacts,
  problems: MaskProblem[],
): DescribedColumn {
  const field = table.fields.get(facts.name)?.name ?? facts.name
  const where = `${table.name}.${field}`
  const key = `${table.key}.${facts.name}`
  const known = { table, facts, key, where, plan: undefined }
  if (links.has(key)) return known
  const found = reviewed.tables[table.name]?.[field]
  if (reference.has(table.key)) {
    const kept = { written: 'keep', mask: keep, argument: undefined, meaning: undefined, isReference: true }
    return { ...known, plan: { piiClass: found?.class ?? 'N', ...kept } }
  }
  if (found?.accepted !== true) {
    const reason = isListed(table.name, field) ? 'nobody accepted its classification' : 'it is not in seed/classification.json'
    problems.push({ kind: 'unaccepted', where, reason })
    return known
  }
  if (found.mask === 'link' && table.facts.foreignKeys.some(({ columns }) => columns.includes(facts.name))) {
    // It holds the key of a row that is nobody's to mask: of a table of an extension.
    return { ...known, plan: { piiClass: 'K', written: 'keep', mask: keep, argument: undefined, meaning: undefined } }
  }
  const written = parseMask(found.mask)
  const mask = written === undefined ? undefined : findMask(written.name)
  if (mask === undefined) {
    const nearest = nearestName(written?.name ?? found.mask, maskNames())
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`
    const reason = found.mask === 'link' ? 'it points at no column any more' : `there is no mask ${found.mask}${hint}`
    problems.push({ kind: 'unfit', where, reason })
    return known
  }
  const meaning = meaningOf(table, facts)
  return { ...known, plan: { piiClass: found.class, written: found.mask, mask, argument: written?.argument, meaning } }
}

function meaningOf(table: NamedTable, facts: ColumnFacts): string | undefined {
  const documentation = table.fields.get(facts.name)?.documentation
  return confidentMeaning(classifyOnce({ ...facts, ...(documentation !== undefined && { documentation }) }, table.name))
}
