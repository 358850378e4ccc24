import { expect, it } from 'vitest'
import { lastPart, ownerOfName, splitName } from '../../../src/postgres/catalog/names.ts'

it.each([
  ['public.users.name', ['public', 'users', 'name'], 'public.users', 'name'],
  ['public."User"."a.b"', ['public', 'User', 'a.b'], 'public."User"', '"a.b"'],
  ['"a""b"."🦆.x"', ['a"b', '🦆.x'], '"a""b"', '"🦆.x"'],
])('takes %s apart', (name, parts, owner, last) => {
  expect(splitName(name)).toEqual(parts)
  expect(ownerOfName(name)).toBe(owner)
  expect(lastPart(name)).toBe(last)
})
