import { expect, it } from 'vitest'
import { lastPart, ownerOfName, sayName, splitName } from '../../../src/postgres/catalog/names.ts'

it.each([
  ['public.users.name', ['public', 'users', 'name'], 'public.users', 'name', 'public.users.name'],
  ['public."User"."a.b"', ['public', 'User', 'a.b'], 'public."User"', '"a.b"', 'public.User."a.b"'],
  ['"a""b"."🦆.x"', ['a"b', '🦆.x'], '"a""b"', '"🦆.x"', '"a""b"."🦆.x"'],
  ['"a, b"."c d"', ['a, b', 'c d'], '"a, b"', '"c d"', '"a, b".c d'],
])('takes %s apart, and says it', (name, parts, owner, last, said) => {
  expect(splitName(name)).toEqual(parts)
  expect(ownerOfName(name)).toBe(owner)
  expect(lastPart(name)).toBe(last)
  expect(sayName(name)).toBe(said)
})
