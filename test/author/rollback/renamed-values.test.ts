import { expect, it } from 'vitest'
import { namesThen, renamedFirst, renamedValues } from '../../../src/author/rollback/renamed-values.ts'
import { parseStatements } from '../../../src/postgres/statements/parse-statements.ts'

it('follows a value through its names, in the schema of the session where none is named', async () => {
  const sql = `ALTER TYPE mood RENAME VALUE 'a' TO 'b'; ALTER TYPE mood RENAME VALUE 'b' TO 'c';
    ALTER TYPE other."Mo.od" RENAME VALUE 'x' TO 'y'; ALTER TYPE mood ADD VALUE 'd'; ALTER TYPE mood RENAME TO temper;
    ALTER TYPE temper RENAME VALUE 'c' TO 'e'; ALTER TYPE temper RENAME TO old; ALTER TYPE fresh RENAME TO temper`
  expect([...renamedValues(await parseStatements(sql, 'm.sql'), 'app')]).toEqual([
    ['app.mood', new Map([['c', 'a']])],
    ['other."Mo.od"', new Map([['y', 'x']])],
    ['app.temper', new Map([['e', 'a']])],
    ['app.old', new Map([['e', 'a']])],
  ])
})

it('tells what values were called where a column got their type', async () => {
  const sql = `ALTER TABLE t ALTER a TYPE mood USING a::mood; ALTER TYPE mood RENAME VALUE 'a' TO 'b';
    ALTER TABLE t ALTER "B" TYPE mood USING "B"::mood, ALTER c SET NOT NULL; ALTER TYPE mood RENAME VALUE 'b' TO 'c'`
  const found = renamedFirst(await parseStatements(sql, 'm.sql'), 'app')
  expect([...found]).toEqual([['app.t.B', new Map([['app.mood', new Map([['b', 'a']])]])]])
})

it.each([
  ['renamed back', ['a', 'x'], [['b', 'a']], [['a', 'b']]],
  ['swapped and back', ['a', 'b'], [['a', 'b'], ['b', 'a']], [['b', 'a'], ['a', 'b']]],
  ['made anew, with a value of the old name', ['a', 'b'], [['b', 'a']], []],
  ['made anew', ['b', 'x'], [['b', 'a']], []],
] as const)('maps values that were %s to what they were called then', (_, held, renamed, expected) => {
  expect(namesThen(new Map(renamed), held)).toEqual(expected)
})
