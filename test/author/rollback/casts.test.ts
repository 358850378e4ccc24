import { expect, it } from 'vitest'
import { castExpression, castKey } from '../../../src/author/rollback/casts.ts'
import type { NamesBack } from '../../../src/author/rollback/renamed-values.ts'

const none: ReadonlySet<string> = new Set()
const assignable = new Set([castKey('public.mood', 'varchar(2)')])
const known = { assignable, zoned: none, bytes: new Set(['public.t.b']), encoded: new Set(['public.t.f']), computed: new Set(['public.t.c']) }
const casts = { ...known, blanks: new Map([['public.t.d', "it's"]]) }

it.each([
  ['public.t.b', 'bytea', 'integer', `encode(b, 'escape')::integer`],
  ['public.t.a', 'bytea', 'integer', 'a::integer'],
  ['public.t.c', 'text', 'integer[]', 'CASE WHEN c IS NULL THEN NULL ELSE ARRAY[c]::integer[] END'],
  ['public.t.c', 'integer[]', 'text', 'c[1]::text'],
  ['public.t.d', 'text', 'integer', "NULLIF(d, 'it''s')::integer"],
  ['public.t.f', 'bytea', 'character varying(20)', "convert_from(f, 'UTF8')"],
  ['public.t.f', 'bytea', 'citext', "convert_from(f, 'UTF8')::citext"],
  ['public.t.e', 'public.mood', 'bytea', "(CASE e::text WHEN 'a' THEN 'b' ELSE e::text END)::bytea", [['a', 'b']]],
  ['public.t.e', 'public.mood', 'varchar(2)', "(CASE e::text WHEN 'a' THEN 'b' ELSE e::text END)", [['a', 'b']]],
] as const)('turns %s from %s into %s again', (name, from, to, expression, back: NamesBack = []) => {
  expect(castExpression(name, from, to, casts, back)).toBe(expression)
})
