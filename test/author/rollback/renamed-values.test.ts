import { expect, it } from 'vitest'
import { renamedValues } from '../../../src/author/rollback/renamed-values.ts'
import { parseStatements } from '../../../src/postgres/statements/parse-statements.ts'

it('follows a value through its names, in the schema of the session where none is named', async () => {
  const sql = `ALTER TYPE mood RENAME VALUE 'a' TO 'b'; ALTER TYPE mood RENAME VALUE 'b' TO 'c';
    ALTER TYPE other."Mo.od" RENAME VALUE 'x' TO 'y'; ALTER TYPE mood ADD VALUE 'd'; ALTER TYPE mood RENAME TO temper;
    ALTER TYPE temper RENAME VALUE 'c' TO 'e'; ALTER TYPE temper RENAME TO old; ALTER TYPE fresh RENAME TO temper`
  expect([...renamedValues(await parseStatements(sql, 'm.sql'), 'app')]).toEqual([
    ['app.mood', new Map([['c', 'a']])],
    ['other.Mo.od', new Map([['y', 'x']])],
    ['app.temper', new Map([['e', 'a']])],
    ['app.old', new Map([['e', 'a']])],
  ])
})
