import { createHash } from 'node:crypto'
import type { NamedTable } from './plan/name-tables.ts'
import { generatorVersion } from './random/generator-version.ts'
import type { TableRules } from './rows/table-rules.ts'

/** What makes two runs the same. */
export interface IdentityInput {
  readonly seed: string
  readonly locale: string
  /** Undefined where the clock rolls: then the moment is not part of it. */
  readonly now: number | undefined
  readonly tables: readonly NamedTable[]
  readonly counts: ReadonlyMap<string, number>
  readonly rules: ReadonlyMap<string, TableRules>
  /** True where rows cover everything. */
  readonly isCovering: boolean
  readonly edges: number | undefined
}

/** A hash of everything that the rows of a run follow from, what the database holds by now left out. */
export function runIdentity(input: IdentityInput): string {
  const { tables, counts, isCovering } = input
  const filled = tables.filter(({ key }) => counts.has(key)).map((table) => describeTable(input, table))
  const whole = [filled, isCovering]
  return createHash('sha256').update(JSON.stringify(whole)).digest('hex')
}

/** What the rows of one table follow from, the tables that it points to left out. */
export function describeTable(
  { seed, locale, now, edges, counts, rules }: IdentityInput,
  { key, facts, name, fields }: NamedTable,
): unknown {
  const { generators, rows } = rules.get(name) ?? {}
  return {
    generatorVersion,
    seed,
    locale,
    now,
    edges,
    facts: { ...facts, ...whateverRowsAreMade },
    name,
    fields: [...fields],
    rows: counts.get(key),
    rules: [...(generators ?? [])].map(([field, { name: own }]) => [field, own]),
    given: rows?.map((row) => [...row]),
  }
}

/** What differs from role to role, or acts on rows that are made. */
const whateverRowsAreMade = { estimatedRows: undefined, rowSecurity: undefined, insertTriggers: undefined }
