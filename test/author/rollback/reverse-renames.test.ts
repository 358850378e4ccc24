import { expect, it } from 'vitest'
import { findRenames, reverseRenames } from '../../../src/author/rollback/reverse-renames.ts'
import { readIdentities } from '../../../src/postgres/catalog/identities.ts'
import { withConnection } from '../../../src/postgres/connect.ts'
import { createTestDatabase } from '../../support/database.ts'

async function reversed(setup: string, change: string): Promise<readonly string[]> {
  return withConnection(await createTestDatabase(), async (connection) => {
    await connection.query(setup)
    const before = await readIdentities(connection)
    await connection.query(change)
    const after = await readIdentities(connection)
    const statements = reverseRenames(findRenames(before, after), after)
    await connection.query(statements.join(';'))
    expect(findRenames(before, await readIdentities(connection))).toEqual([])
    return statements
  })
}

const setup = `CREATE TABLE a (x int, y int CONSTRAINT positive CHECK (y > 0)); CREATE TYPE mood AS ENUM ('sad');
  CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'; CREATE DOMAIN d AS int CONSTRAINT c CHECK (VALUE > 0)`

it('goes by names, not by where the catalog happens to keep them', async () => {
  const change = 'ALTER TABLE z RENAME TO y; ALTER TABLE a RENAME TO b'
  expect(await reversed('CREATE TABLE z (); CREATE TABLE a ()', change)).toEqual([
    'ALTER TABLE "public"."b" RENAME TO "a"',
    'ALTER TABLE "public"."y" RENAME TO "z"',
  ])
})

it('renames containers before their parts, which it names through them', async () => {
  const change = `ALTER TABLE a RENAME TO "B"; ALTER TABLE "B" RENAME x TO "X"; ALTER TABLE "B" RENAME CONSTRAINT positive TO p;
    ALTER TYPE mood RENAME TO m; ALTER TYPE m RENAME VALUE 'sad' TO 'it''s'; ALTER FUNCTION f(int) RENAME TO g;
    ALTER DOMAIN d RENAME CONSTRAINT c TO k`
  expect(await reversed(setup, change)).toEqual([
    'ALTER TABLE "public"."B" RENAME TO "a"',
    'ALTER TYPE "public"."m" RENAME TO "mood"',
    'ALTER FUNCTION "public"."g"(integer) RENAME TO "f"',
    'ALTER TABLE "public"."a" RENAME COLUMN "X" TO "x"',
    `ALTER TYPE "public"."mood" RENAME VALUE 'it''s' TO 'sad'`,
    'ALTER TABLE "public"."a" RENAME CONSTRAINT "p" TO "positive"',
    'ALTER DOMAIN "public"."d" RENAME CONSTRAINT "k" TO "c"',
  ])
})

it('lets whoever has the name by now step aside', async () => {
  const change = 'ALTER TABLE a RENAME x TO z; ALTER TABLE a RENAME y TO x; ALTER TABLE a RENAME z TO y'
  expect(await reversed(setup, change)).toEqual([
    'ALTER TABLE "public"."a" RENAME COLUMN "x" TO "x__tide_aside"',
    'ALTER TABLE "public"."a" RENAME COLUMN "y" TO "y__tide_aside"',
    'ALTER TABLE "public"."a" RENAME COLUMN "y__tide_aside" TO "x"',
    'ALTER TABLE "public"."a" RENAME COLUMN "x__tide_aside" TO "y"',
  ])
})

it('moves a table back with what belongs to it', async () => {
  const change = 'CREATE SCHEMA s; ALTER TABLE a SET SCHEMA s; ALTER TABLE s.a RENAME TO b; ALTER TABLE s.b RENAME x TO w'
  expect(await reversed(`${setup}; CREATE INDEX i ON a (x)`, `${change}; ALTER INDEX s.i RENAME TO j`)).toEqual([
    'ALTER TABLE "s"."b" SET SCHEMA "public"',
    'ALTER TABLE "public"."b" RENAME TO "a"',
    'ALTER INDEX "public"."j" RENAME TO "i"',
    'ALTER TABLE "public"."a" RENAME COLUMN "w" TO "x"',
  ])
})

it('finds nothing where nothing was renamed', async () => {
  expect(await reversed(setup, 'ALTER TABLE a DROP x; ALTER TABLE a ADD x text; DROP TYPE mood')).toEqual([])
})
