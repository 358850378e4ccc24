import { expect, test } from 'vitest'
import { readScript } from '../../src/proof/arena/script.ts'
import { beyondRollback } from '../../src/proof/beyond-rollback.ts'

async function beyond(up: string, down?: string): Promise<readonly string[]> {
  return beyondRollback(
    await readScript(up, 'migration.sql'),
    down === undefined ? undefined : await readScript(down, 'down.sql'),
  )
}

test('what belongs to the whole server is told once, unless the rollback sees to it', async () => {
  const roles = 'roles belong to the whole server and stay as they are'
  expect(await beyond('CREATE ROLE a; CREATE ROLE b; CREATE TABLE t ()')).toEqual([roles])
  expect(await beyond('CREATE ROLE a', 'DROP TABLE t')).toEqual([roles])
  expect(await beyond('CREATE ROLE a', 'DROP ROLE a')).toEqual([])
})

test.each([
  ['ALTER SYSTEM SET work_mem = 1000', 'settings of the server and its databases stay as they are'],
  ['ALTER DATABASE d SET work_mem = 1000', 'settings of the server and its databases stay as they are'],
  ['CREATE DATABASE d', 'databases of the server stay as they are'],
  ['DROP DATABASE d', 'databases of the server stay as they are'],
])('%s', async (sql, says) => {
  expect(await beyond(sql)).toEqual([says])
})

test('what stays within the database is none of it', async () => {
  expect(await beyond('CREATE SCHEMA s; DROP TABLE t; UPDATE u SET a = 1')).toEqual([])
})
