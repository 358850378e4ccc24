import { expect, it } from 'vitest'
import { planDifference } from '../../../src/postgres/catalog/plan-difference.ts'
import { readStructureFacts, type StructureFacts } from '../../../src/postgres/catalog/structure-facts.ts'
import { withConnection } from '../../../src/postgres/connect.ts'
import { createTestDatabase } from '../../support/database.ts'

async function factsAfter(script: string): Promise<StructureFacts> {
  return withConnection(await createTestDatabase(), async (connection) => {
    await connection.query(script)
    return readStructureFacts(connection)
  })
}

async function planFrom(from: string, to: string): Promise<readonly string[]> {
  const statements = await planDifference({ from: await factsAfter(from), to: await factsAfter(to) })
  return statements.map(({ sql }) => sql)
}

it('plans views with what they stand on, without naming the role that asks', async () => {
  expect(await planFrom('CREATE TABLE t (a int)', 'CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT b FROM t')).toEqual([
    'ALTER TABLE "public"."t" ADD COLUMN "b" integer',
    expect.stringMatching(/^CREATE VIEW "public"."v" AS/),
  ])
})

it("sees nothing of Tide's schemas and of Prisma's ledger, but a user's own table that is called so", async () => {
  const ledger = 'CREATE TABLE _prisma_migrations (id text PRIMARY KEY, migration_name text); COMMENT ON TABLE _prisma_migrations IS $$l$$;'
  const called = 'CREATE SCHEMA app; CREATE TABLE app._prisma_migrations (id int); CREATE SCHEMA tide; CREATE TABLE tide.journal (id int);'
  expect(await planFrom(`${called}${ledger}`, '')).toEqual([
    expect.stringMatching(/^DROP TABLE "app"."_prisma_migrations"/),
    expect.stringMatching(/^DROP SCHEMA "app"/),
  ])
})

it('tells which column a statement adds', async () => {
  const plan = { from: await factsAfter('CREATE TABLE t (a int)'), to: await factsAfter('CREATE TABLE t (a int, b int NOT NULL)') }
  expect(await planDifference(plan)).toMatchObject([{ addsColumn: { schema: 'public', table: 't', name: 'b' } }])
})

it('reads inside an open transaction and leaves its settings', async () => {
  await withConnection(await createTestDatabase(), async (connection) => {
    await connection.query('BEGIN; SET LOCAL search_path = pg_temp, public; CREATE TABLE public.t (a int)')
    const facts = await readStructureFacts(connection)
    expect(facts.base.facts().some(({ id }) => id.kind === 'table' && id.name === 't')).toBe(true)
    const { rows } = await connection.query("SELECT current_setting('search_path') AS path")
    expect(rows).toEqual([{ path: 'pg_temp, public' }])
    expect(connection.getTransactionStatus()).toBe('T')
  })
})
