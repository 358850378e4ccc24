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
  const { seed, locale, now, tables, counts, rules, isCovering, edges } = input
  const whole = {
    generatorVersion,
    seed,
    locale,
    now,
    tables: tables
      .filter(({ key }) => counts.has(key))
      .map(({ facts, name, fields }) => ({ facts: { ...facts, ...whateverRowsAreMade }, name, fields })),
    counts,
    ...(isCovering ? { isCovering } : {}),
    edges,
    rules: [...rules].map(([name, { generators, rows }]) => [
      name,
      [...(generators ?? [])].map(([field, { name: own }]) => [field, own]),
      rows,
    ]),
  }
  return createHash('sha256').update(JSON.stringify(whole, mapsAsLists)).digest('hex')
}

/** What differs from role to role, or acts on rows that are made. */
const whateverRowsAreMade = { estimatedRows: undefined, rowSecurity: undefined, insertTriggers: undefined }

function mapsAsLists(_: string, value: unknown): unknown {
  return value instanceof Map ? [...(value as ReadonlyMap<unknown, unknown>)] : value
}
