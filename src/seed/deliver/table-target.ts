import type { TablePlan } from '../plan/seed-plan.ts'
import { quoteIdentifier, quoteQualified } from '../../postgres/quote.ts'

/** A table as SQL. */
export function quoteTable({ facts }: Pick<TablePlan, 'facts'>): string {
  return quoteQualified(facts.schema, facts.name)
}

/** @param isPlain domains as what lies below them: a cast to a domain is refused where its checks do not hold */
function columnTypes({ facts }: Pick<TablePlan, 'facts'>, columns: readonly string[], isPlain: boolean): readonly string[] {
  return columns.map((name) => {
    const column = facts.columns.find((one) => one.name === name)
    return (isPlain ? column?.plainType : undefined) ?? column?.type ?? 'text'
  })
}

/** `v."name"::type AS "name"`, for texts that come through unnest. */
export function castColumns(
  table: Pick<TablePlan, 'facts'>,
  columns: readonly string[],
  { isPlain = false }: { readonly isPlain?: boolean } = {},
): readonly string[] {
  const types = columnTypes(table, columns, isPlain)
  return columns.map(
    (name, place) => `v.${quoteIdentifier(name)}::${types[place] ?? 'text'} AS ${quoteIdentifier(name)}`,
  )
}

/** `unnest($1::text[], $2::text[]) WITH ORDINALITY AS v("a", "b", "#")`. */
export function unnestColumns(columns: readonly string[]): string {
  const parameters = columns.map((_, place) => `$${place + 1}::text[]`).join(', ')
  return `unnest(${parameters}) WITH ORDINALITY AS v(${[...columns, '#'].map(quoteIdentifier).join(', ')})`
}
