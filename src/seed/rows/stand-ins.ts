import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import { createSampler } from '../constraints/samplers/create-sampler.ts'
import { anyValue } from '../constraints/any-value.ts'
import type { CompiledChecks } from '../constraints/domain.ts'
import type { Generator, GeneratorInput } from '../generators/generator.ts'

/** Checks of a table. */
export async function compileChecks(table: TableFacts): Promise<CompiledChecks> {
  return {
    cases: [{ domains: new Map(), comparisons: [], weight: 1 }],
    asked: table.checks.map(({ name, expression }) => ({ name, expression, reason: 'not compiled' })),
  }
}

/** Generator of a column. */
export function createGenerator({ column, now }: GeneratorInput): Generator {
  const sampler = createSampler(column, { ...anyValue, null: column.notNull ? 'never' : 'allowed' }, { now })
  return { name: 'stand-in', after: [], make: (_, random) => sampler.draw(random) ?? null }
}
