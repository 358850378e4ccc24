import { expect, it } from 'vitest'
import type { Catalog } from '../../../src/postgres/catalog/catalog.ts'
import { compareCatalogs } from '../../../src/postgres/catalog/compare-catalogs.ts'
import { describeDifference } from '../../../src/postgres/catalog/describe-difference.ts'

const before: Catalog = {
  objects: [
    { kind: 'column', name: 'public.t.a', position: 1, definition: { type: 'text', notNull: false, default: null } },
    { kind: 'table', name: 'public.gone', definition: {} },
    { kind: 'enum', name: 'public.mood', definition: { values: ['a', 'b'] } },
  ],
}

it('tells added, removed and changed objects, in the order of kinds and names', () => {
  const after: Catalog = {
    objects: [
      { kind: 'column', name: 'public.t.a', position: 1, definition: { type: 'integer', notNull: true, default: null } },
      { kind: 'enum', name: 'public.mood', definition: { values: ['b', 'a'] } },
      { kind: 'table', name: 'public.come', definition: {} },
    ],
  }
  expect(compareCatalogs(before, after).map(describeDifference)).toEqual([
    'column public.t.a: notNull false -> true, type text -> integer',
    'enum public.mood: values ["a","b"] -> ["b","a"]',
    'table public.come: added',
    'table public.gone: removed',
  ])
})

it('does not look at the position of a column', () => {
  const moved: Catalog = { objects: before.objects.map((object) => ({ ...object, position: 7 })) }
  expect(compareCatalogs(before, moved)).toEqual([])
})

it('takes a property that only one side has for a difference', () => {
  const after: Catalog = { objects: before.objects.map((o) => ({ ...o, definition: { ...o.definition, more: 'x' } })) }
  expect(compareCatalogs(before, after)[0]?.properties).toEqual([{ property: 'more', before: null, after: 'x' }])
})
