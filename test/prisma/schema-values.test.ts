import { expect, it } from 'vitest'
import { readEnvironmentName, readStringList, readStringValue } from '../../src/prisma/schema-values.ts'

it('reads a string and resolves its escapes', () => {
  expect(readStringValue('"a \\"b\\" \\\\ \\n \\u00e9"')).toBe('a "b" \\ \n é')
  expect(readStringValue('env("X")')).toBeUndefined()
})

it('reads the variable of env()', () => {
  expect(readEnvironmentName('env( "DATABASE_URL" )')).toBe('DATABASE_URL')
  expect(readEnvironmentName('"DATABASE_URL"')).toBeUndefined()
})

it('reads a list over several lines with comments', () => {
  expect(readStringList('["public", // "no"\n /* "nor" */ "audit//x"]')).toEqual(['public', 'audit//x'])
})
