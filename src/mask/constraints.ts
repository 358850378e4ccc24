import { isFailure } from '../errors/failure.ts'
import type { TableFacts } from '../postgres/tables/table-facts.ts'
import type { Cell } from '../seed/cell.ts'
import { compileChecks } from '../seed/constraints/compile-checks.ts'
import type { ColumnComparison, CompiledChecks, Domain, DomainSampler } from '../seed/constraints/domain.ts'
import { createSampler } from '../seed/constraints/samplers/create-sampler.ts'

/** What CHECK constraints and domains ask of the values of a table. */
export interface TableConstraints {
  /** The first way to satisfy them that a row of the source takes; undefined where it takes none that is known. */
  readonly caseOf: (row: readonly Cell[]) => number | undefined
  /** What a column may hold in each case; undefined where none of them says anything of it. */
  readonly samplersOf: (column: string) => readonly (DomainSampler | undefined)[] | undefined
  /** Comparisons of columns with each other, of any case. */
  readonly comparisons: readonly ColumnComparison[]
  /** Constraints that only the database can judge, with the columns that they are over. */
  readonly asked: readonly { readonly name: string; readonly reason: string; readonly columns: readonly string[] }[]
}

/**
 * Compiles the constraints of a table; undefined where it has none, or where they contradict each other, so that no
 * mask could be at fault.
 * @param now milliseconds since 1970 that count as now for checks that ask the clock
 */
export async function compileConstraints(table: TableFacts, now: number): Promise<TableConstraints | undefined> {
  const hasDomain = table.columns.some((one) => one.domainChecks.length > 0 || one.elementDomain !== undefined)
  if (table.checks.length === 0 && !hasDomain) return undefined
  try {
    return toConstraints(table, await compileChecks(table, { now }), now)
  } catch (error) {
    if (isFailure(error)) return undefined
    throw error
  }
}

function toConstraints(table: TableFacts, { cases, asked }: CompiledChecks, now: number): TableConstraints {
  const written = table.columns.filter(({ generated }) => generated === undefined)
  const samplers = new Map<string, readonly (DomainSampler | undefined)[]>()
  for (const column of written) {
    const own = cases.map(({ domains }) => {
      const domain = domains.get(column.name)
      return domain === undefined || !isRestricted(domain) ? undefined : createSampler(column, domain, { now })
    })
    if (own.some((sampler) => sampler !== undefined)) samplers.set(column.name, own)
  }
  // NULL decides between cases as well, so it is looked at where a row is told by them.
  const tests = cases.map(({ domains }) =>
    written.flatMap((column, place) => {
      const domain = domains.get(column.name)
      return domain === undefined ? [] : [{ place, sampler: createSampler(column, domain, { now }) }]
    }),
  )
  return {
    caseOf: (row) => {
      const found = tests.findIndex((all) => all.every(({ place, sampler }) => sampler.contains(row[place] ?? null)))
      return found < 0 ? undefined : found
    },
    samplersOf: (column) => samplers.get(column),
    comparisons: cases.flatMap(({ comparisons }) => comparisons),
    asked: asked.map(({ name, reason }) => ({ name, reason, columns: columnsOf(table, name) })),
  }
}

/** True where it says more than whether there is a value: that stays as it was. */
function isRestricted({ null: _, patterns, ...rest }: Domain): boolean {
  return patterns.length > 0 || Object.keys(rest).length > 0
}

function columnsOf(table: TableFacts, check: string): readonly string[] {
  const own = table.checks.filter(({ name }) => name === check).flatMap(({ columns }) => columns)
  const domains = table.columns.filter(({ domainChecks, elementDomain }) =>
    [...domainChecks, ...(elementDomain?.checks ?? [])].some(({ name }) => name === check),
  )
  const found = [...own, ...domains.map(({ name }) => name)]
  // A check that nobody can place may be over any column.
  return found.length > 0 ? found : table.columns.map(({ name }) => name)
}
