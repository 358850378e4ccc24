import type { CheckFacts, ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import { checksContradict } from '../errors.ts'
import { tableKey } from '../plan/table-key.ts'
import { type CheckContext, checkContext } from './compile/check-context.ts'
import { feasibleCases } from './compile/feasible-cases.ts'
import { always, inDomains, type Outcome, together } from './compile/outcome.ts'
import { truth } from './compile/truth.ts'
import type { AskedCheck, CompiledChecks, Domain, RowCase } from './domain.ts'
import { insideChecks, type NamedCheck } from './inside-checks.ts'
import { columnsOf, type Expression } from './expressions/expression.ts'
import { parseExpression } from './expressions/parse-expression.ts'
import { ownForm } from './own-form.ts'

/** The clocks that CHECK constraints may ask. */
export interface CompileOptions {
  /** Milliseconds since 1970 that count as now for the rows. */
  readonly now: number
  /** The same of the server that will judge the rows; `now` where nothing else is said. */
  readonly serverNow?: number
}

/** More cases than this are left out: the others are enough. */
const mostCases = 64

/**
 * Compiles the CHECK constraints of a table, of the domains of its columns, and NOT NULL, into cases: whatever
 * satisfies one of them satisfies them all. What is outside the fragment is in `asked`, with the reason.
 * @throws SEED_CHECKS_CONTRADICT
 */
export async function compileChecks(table: TableFacts, options: CompileOptions): Promise<CompiledChecks> {
  const context = checkContext(table.columns, options.now, options.serverNow ?? options.now)
  const generated = await generatedColumns(table.columns)
  const notNull = table.columns.filter((column) => column.notNull && column.generated === undefined)
  let whole = together(notNull.map(({ name }) => inDomains(name, [{ null: 'never', patterns: [] }])), context)
  const asked: AskedCheck[] = []
  const taken: { readonly check: NamedCheck; readonly isPartial: boolean }[] = []
  for (const check of await namedChecks(table, generated, context)) {
    const { outcome } = check
    const combined = feasibleCases(together([whole, outcome], context), context)
    if (combined.cases.length > 0) {
      taken.push({ check, isPartial: outcome.reasons.length > 0 })
      whole = { cases: combined.cases, reasons: [] }
      continue
    }
    const rivals = taken.filter(({ check: other }) => shareColumns(other, check))
    const reason = outcome.reasons[0] ?? combined.reasons[0]
    const isPartial = reason !== undefined || rivals.some((rival) => rival.isPartial)
    if (!isPartial) throw checksContradict(tableKey(table), [...rivals.map((rival) => rival.check.name), check.name])
    const own = check.value === undefined ? await ownForm(check.expression, table) : undefined
    asked.push({
      name: check.name,
      expression: check.expression,
      columns: [...check.columns],
      reason: reason ?? 'only some ways to satisfy the others are known',
      ...(check.value === undefined ? {} : { value: check.value }),
      ...(own === undefined ? {} : { ownForm: own }),
    })
  }
  return { cases: weighed(whole), asked, tied: taken.map(({ check }) => [...check.columns]) }
}

/** Fewer where columns must be NULL: a row with values says more. */
function weighed({ cases }: Outcome): readonly RowCase[] {
  const weightOf = (domains: ReadonlyMap<string, Domain>): number =>
    [...domains.values()].reduce((weight, domain) => (domain.null === 'always' ? weight / 4 : weight), 1)
  return (cases.length === 0 ? always.cases : cases)
    .map((one) => ({ ...one, weight: weightOf(one.domains) }))
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, mostCases)
}

function shareColumns(a: NamedCheck, b: NamedCheck): boolean {
  return [...a.columns].some((column) => b.columns.has(column))
}

async function namedChecks(
  table: TableFacts,
  generated: ReadonlyMap<string, Expression>,
  context: CheckContext,
): Promise<readonly NamedCheck[]> {
  type Replaced = ReadonlyMap<string, Expression>
  const compile = async ({ name, expression }: CheckFacts, replaced: Replaced): Promise<NamedCheck> => {
    const condition = await parseExpression(expression, replaced)
    const outcome = truth(condition, { value: true, nullable: true }, context)
    return { name, expression, columns: columnsOf(condition), outcome }
  }
  const ofTable = table.checks.map((check) => compile(check, generated))
  const ofDomains = table.columns.flatMap((column) => {
    const value: Expression = generated.get(column.name) ?? { kind: 'column', name: column.name }
    const replaced = new Map([['value', value]])
    // What a generated column is computed from is known, its value is not written.
    return column.domainChecks.map(async (check) => ({
      ...(await compile(check, replaced)),
      value: { column: column.name, isElement: false },
    }))
  })
  const written = table.columns.filter(({ generated }) => generated === undefined)
  const within = written.map((column) => insideChecks(column, context))
  return [...(await Promise.all(ofDomains)), ...(await Promise.all(within)).flat(), ...(await Promise.all(ofTable))]
}

/** Generated columns are never written: checks of them are checks of what they are computed from. */
async function generatedColumns(columns: readonly ColumnFacts[]): Promise<ReadonlyMap<string, Expression>> {
  const expressions = new Map<string, Expression>()
  for (const { name, generated } of columns) {
    if (generated !== undefined) expressions.set(name, await parseExpression(generated))
  }
  return expressions
}
