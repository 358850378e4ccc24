import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import type { CompiledChecks, RowCase } from '../constraints/domain.ts'
import type { Generator } from '../generators/generator.ts'
import type { Locale } from '../locale/locale.ts'
import type { PlannedField, SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import { type ColumnSource, createColumnSource } from './column-source.ts'

/** What sources of a table are made from. */
export interface SourcesInput {
  readonly run: Pick<SeedPlan, 'seed' | 'now'>
  readonly locale: Locale
  readonly table: Pick<TablePlan, 'name' | 'facts' | 'rows' | 'fields'>
  /** The user's own, by field or column name. */
  readonly generators?: ReadonlyMap<string, Generator>
  /** Of columns that are totals, by column name: what is made of their usual generator. */
  readonly totals?: ReadonlyMap<string, (usual: Generator) => Generator>
}

/** The source of a column in one case of the checks; columns under the same domain share one. */
export type ColumnSources = (column: ColumnFacts, rowCase: RowCase) => ColumnSource

/** Makes sources as they are asked for, each once. */
export function columnSources({ run, locale, table, generators, totals }: SourcesInput): ColumnSources {
  const made = new Map<string, ColumnSource>()
  return (column, rowCase) => {
    const domain = rowCase.domains.get(column.name)
    const key = `${column.name} ${domain === undefined ? '' : JSON.stringify(domain)}`
    const known = made.get(key)
    if (known !== undefined) return known
    const field = table.fields.get(column.name)
    const own = generators?.get(field?.name ?? column.name) ?? generators?.get(column.name)
    const input = {
      seed: run.seed,
      now: run.now,
      locale,
      column,
      columns: table.facts.columns,
      model: table.name,
      rows: table.rows,
      ...(field === undefined ? {} : { prisma: withoutName(field) }),
    }
    const around = totals?.get(column.name)
    const source = createColumnSource(input, domain, {
      ...(own === undefined ? {} : { own }),
      ...(around === undefined ? {} : { around }),
    })
    made.set(key, source)
    return source
  }
}

/**
 * The checks with those cases alone in which a column has one domain, the roomiest: a unique column counts its values
 * through one space.
 */
export function casesOfOneDomain(checks: CompiledChecks, column: ColumnFacts, sources: ColumnSources): CompiledChecks {
  const groups = new Map<string, RowCase[]>()
  for (const rowCase of checks.cases) {
    const key = JSON.stringify(rowCase.domains.get(column.name) ?? null)
    groups.set(key, [...(groups.get(key) ?? []), rowCase])
  }
  if (groups.size < 2) return checks
  const room = (cases: readonly RowCase[]): number => (cases[0] === undefined ? 0 : sources(column, cases[0]).capacity)
  const best = [...groups.values()].toSorted((one, other) => room(other) - room(one))[0]
  return { ...checks, cases: best ?? checks.cases }
}

function withoutName({ name: _, ...field }: PlannedField): Omit<PlannedField, 'name'> {
  return field
}
