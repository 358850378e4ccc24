import { expect, it } from 'vitest'
import { castExpression } from '../../../src/author/rollback/casts.ts'

const none: ReadonlySet<string> = new Set()
const known = { assignable: none, zoned: none, bytes: new Set(['public.t.b']), computed: new Set(['public.t.c']) }
const casts = { ...known, blanks: new Map([['public.t.d', "it's"]]) }

it.each([
  ['public.t.b', 'bytea', 'integer', `encode(b, 'escape')::integer`],
  ['public.t.a', 'bytea', 'integer', 'a::integer'],
  ['public.t.c', 'text', 'integer[]', 'CASE WHEN c IS NULL THEN NULL ELSE ARRAY[c]::integer[] END'],
  ['public.t.c', 'integer[]', 'text', 'c[1]::text'],
  ['public.t.d', 'text', 'integer', "NULLIF(d, 'it''s')::integer"],
])('turns %s from %s into %s again', (name, from, to, expression) => {
  expect(castExpression(name, from, to, casts)).toBe(expression)
})
