import { expect, it } from 'vitest'
import { originalPlaces } from '../../../src/author/renames/original-place.ts'
import type { Rename } from '../../../src/author/renames/rename.ts'

const named = (name: string, schema?: string): { schema: string | undefined; name: string } => ({ schema, name })
const rename = (facts: Partial<Rename>): Rename => ({ statements: [], used: undefined, target: '', ...facts })

it('goes back through table, column and swap, the last first', () => {
  const original = originalPlaces([
    rename({ object: { before: named('a'), now: named('b', 's') } }),
    rename({ column: { table: named('b', 's'), before: 'x', now: 'y' } }),
    rename({ column: { table: named('b', 's'), before: 'z', now: 'x' } }),
    rename({ object: { before: named('_old'), now: named('_new') } }),
    rename({ swapped: named('_new') }),
  ])
  expect(original(named('b', 's'), 'y')).toEqual({ table: named('a'), column: 'x' })
  expect(original(named('b', 's'), 'x')).toEqual({ table: named('a'), column: 'z' })
  expect(original(named('b', 's'))).toEqual({ table: named('a'), column: undefined })
  expect(original(named('b'), 'y')).toEqual({ table: named('b'), column: 'y' })
  expect(original(named('_new'), 'A')).toEqual({ table: named('_old'), column: 'B' })
  expect(original(named('_new'), 'C')).toEqual({ table: named('_old'), column: 'C' })
})
