import { expect, test } from 'vitest'
import { column, generatedTable } from '../../support/generated-rows.ts'

const size = 10_000

test.each([
  ['cuid()', 'text', /^c[0-9a-z]{24}$/u],
  ['cuid(1)', 'text', /^c[0-9a-z]{24}$/u],
  ['cuid(2)', 'text', /^[a-z][0-9a-z]{23}$/u],
  ['uuid()', 'text', /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u],
  ['uuid(4)', 'uuid', /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u],
  ['uuid(7)', 'uuid', /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u],
  ['ulid()', 'text', /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/u],
  ['nanoid()', 'text', /^[\w-]{21}$/u],
  ['nanoid(12)', 'text', /^[\w-]{12}$/u],
])('%s is well-formed and distinct', async (defaultText, baseType, form) => {
  const { row, view, generators } = await generatedTable('User', [column('id', baseType)], { prisma: { id: { defaultText } } })
  const made = Array.from({ length: size }, (_, index) => row(index)['id'] ?? '')
  expect(made.filter((id) => !form.test(id))).toEqual([])
  expect(new Set(made).size).toBe(size)
  const { at, capacity = 0, distinct } = generators.get('id') ?? {}
  expect(distinct).toBe(true)
  const counted = [0, 1, 2, capacity - 1].map((index) => at?.(index, view(0)) ?? '')
  expect(new Set(counted).size).toBe(4)
  expect(counted.filter((id) => !form.test(id))).toEqual([])
})

test('identifiers that carry a time carry that of the row', async () => {
  const { row, view } = await generatedTable('User', [column('id', 'uuid')], { prisma: { id: { defaultText: 'uuid(7)' } } })
  for (let index = 0; index < 100; index++) {
    expect(Number.parseInt((row(index)['id'] ?? '').replaceAll('-', '').slice(0, 12), 16)).toBe(view(index).moment)
  }
})

test('@updatedAt decides for a column whose name says nothing', async () => {
  const { generators } = await generatedTable('User', [column('zzz', 'timestamptz')], { prisma: { zzz: { isUpdatedAt: true } } })
  expect(generators.get('zzz')?.name).toBe('updatedAt')
})
