import { expect, it } from 'vitest'
import { castExpression } from '../../../src/author/rollback/casts.ts'

const none: ReadonlySet<string> = new Set()
const casts = { assignable: none, zoned: none, bytes: new Set(['public.t.b']), computed: new Set(['public.t.c']) }

it.each([
  ['public.t.b', 'bytea', 'integer', `encode(b, 'escape')::integer`],
  ['public.t.a', 'bytea', 'integer', 'a::integer'],
  ['public.t.c', 'text', 'integer[]', 'CASE WHEN c IS NULL THEN NULL ELSE ARRAY[c]::integer[] END'],
  ['public.t.c', 'integer[]', 'text', 'c[1]::text'],
])('turns %s from %s into %s again', (name, from, to, expression) => {
  expect(castExpression(name, from, to, casts)).toBe(expression)
})
