import { describe, expect, it, onTestFinished } from 'vitest'
import { type Connection, connect } from '../../../src/postgres/connect.ts'
import { readConditions } from '../../../src/postgres/dependents/column-conditions.ts'
import { createTestDatabase } from '../../support/database.ts'

describe('readConditions', () => {
  it('gives constraints and indexes that say something about a column, and how each comes back', async () => {
    const connection = await database(`
      CREATE TABLE "T t" (id int PRIMARY KEY, a int UNIQUE, b text, c int);
      ALTER TABLE "T t" ADD CONSTRAINT "a check" CHECK (a > 0 AND c > 0);
      COMMENT ON CONSTRAINT "a check" ON "T t" IS 'it''s so';
      CREATE INDEX plain ON "T t" (a, b);
      CREATE UNIQUE INDEX partial ON "T t" (id) WHERE a > 1;
      COMMENT ON INDEX partial IS 'few';
      CREATE INDEX expression ON "T t" ((a + c));
      CREATE INDEX of_b ON "T t" (lower(b))`)
    const conditions = await readConditions(connection, [{ schema: 'public', table: 'T t', column: 'a' }])
    expect(conditions).toEqual([
      {
        kind: 'constraint',
        name: 'a check',
        column: 'T t.a',
        drop: 'ALTER TABLE "T t" DROP CONSTRAINT "a check"',
        create: [
          'ALTER TABLE "T t" ADD CONSTRAINT "a check" CHECK (((a > 0) AND (c > 0)))',
          `COMMENT ON CONSTRAINT "a check" ON "T t" IS 'it''s so'`,
        ],
      },
      {
        kind: 'index',
        name: 'expression',
        column: 'T t.a',
        drop: 'DROP INDEX expression',
        create: ['CREATE INDEX expression ON "T t" USING btree ((a + c))'],
      },
      {
        kind: 'index',
        name: 'partial',
        column: 'T t.a',
        drop: 'DROP INDEX partial',
        create: ['CREATE UNIQUE INDEX partial ON "T t" USING btree (id) WHERE a > 1', "COMMENT ON INDEX partial IS 'few'"],
      },
    ])
    for (const { drop } of conditions) await connection.query(drop)
    for (const statement of conditions.flatMap(({ create }) => create)) await connection.query(statement)
    expect(await readConditions(connection, [{ schema: 'public', table: 'T t', column: 'a' }])).toEqual(conditions)
  })

  it('gives an exclusion constraint once, not its index', async () => {
    const connection = await database('CREATE TABLE t (a int, EXCLUDE USING btree (a WITH =) WHERE (a > 0))')
    const conditions = await readConditions(connection, [{ schema: 'public', table: 't', column: 'a' }])
    expect(conditions.map(({ kind, name }) => [kind, name])).toEqual([['constraint', 't_a_excl']])
  })

  it('names the schema where unqualified names do not reach', async () => {
    const connection = await database('CREATE SCHEMA s; CREATE TABLE s.t (a int CHECK (a > 0)); CREATE INDEX i ON s.t (a) WHERE a > 1')
    const conditions = await readConditions(connection, [{ schema: 's', table: 't', column: 'a' }])
    expect(conditions.map(({ drop }) => drop)).toEqual(['ALTER TABLE s.t DROP CONSTRAINT t_a_check', 'DROP INDEX s.i'])
    expect(conditions[1]?.create).toEqual(['CREATE INDEX i ON s.t USING btree (a) WHERE a > 1'])
  })

  it('asks nothing where there is no column', async () => {
    expect(await readConditions(await database(''), [])).toEqual([])
  })
})

async function database(sql: string): Promise<Connection> {
  const connection = await connect(await createTestDatabase())
  onTestFinished(() => connection.end())
  await connection.query(sql)
  return connection
}
