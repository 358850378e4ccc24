import { describe, expect, it } from 'vitest'
import { parseDirectives } from '../../../src/history/directives.ts'
import { withConnection } from '../../../src/postgres/connect.ts'
import { runScript } from '../../../src/postgres/statements/run-script.ts'
import { databaseAt, goThereAndBack, rollbackOf } from '../../support/rollbacks.ts'

const users = `CREATE TABLE "User" (id serial PRIMARY KEY, email text NOT NULL, "teamId" integer);
  CREATE UNIQUE INDEX "User_email_key" ON "User" (email);`

describe('the text of down.sql', () => {
  it('names what it rolls back, then has a paragraph for each statement', async () => {
    const { sql } = await rollbackOf(users, 'ALTER TABLE "User" RENAME email TO mail; ALTER TABLE "User" ADD age integer')
    expect(sql).toMatchInlineSnapshot(`
      "-- Rolls back 20261122101500_change.

      ALTER TABLE "public"."User" RENAME COLUMN "mail" TO "email";

      ALTER TABLE public."User" DROP COLUMN age;
      "
    `)
  })

  it('says in its head why it does not bring everything back', async () => {
    const { sql, incomplete } = await rollbackOf(users, 'ALTER TABLE "User" DROP "email"')
    expect(sql).toMatchInlineSnapshot(`
      "-- Rolls back 20261122101500_change.
      -- tide: incomplete reason="values of public.User.email are not kept"

      ALTER TABLE public."User" ADD COLUMN email text;

      UPDATE public."User" SET email = gen_random_uuid()::text;

      ALTER TABLE public."User" ALTER COLUMN email SET NOT NULL;

      CREATE UNIQUE INDEX "User_email_key" ON public."User" USING btree (email);
      "
    `)
    expect(parseDirectives(sql, 'down.sql').map(({ values }) => values['reason'])).toEqual(incomplete)
  })

  it('says names with a dot, a comma or a quote in them in their quotes', async () => {
    const setup = `CREATE SCHEMA "x.y"; CREATE TABLE "x.y"."a,b" (id int, c text, "d.e" text); CREATE TABLE "f""g" (id int); CREATE TABLE h (id int)`
    const { incomplete } = await rollbackOf(setup, `ALTER TABLE "x.y"."a,b" DROP c, DROP "d.e"; DROP TABLE "f""g"; UPDATE h SET id = 1;
      DELETE FROM "x.y"."a,b"`)
    expect(incomplete).toEqual([
      'rows of public."f""g" are not kept',
      'values of "x.y"."a,b"."d.e" are not kept',
      'values of "x.y"."a,b".c are not kept',
      'values of public.h (id) were overwritten (line 1)',
      'rows of "x.y"."a,b" were deleted (line 2)',
    ])
  })

  it('takes an index that was built concurrently away concurrently', async () => {
    const { sql } = await rollbackOf(users, 'CREATE INDEX CONCURRENTLY "User_teamId_idx" ON "User" ("teamId");')
    expect(sql).toMatchInlineSnapshot(`
      "-- Rolls back 20261122101500_change.

      DROP INDEX CONCURRENTLY public."User_teamId_idx";
      "
    `)
  })

  it('builds an index that was dropped concurrently concurrently', async () => {
    const { sql } = await rollbackOf(users, 'DROP INDEX CONCURRENTLY "User_email_key";')
    expect(sql).toMatchInlineSnapshot(`
      "-- Rolls back 20261122101500_change.

      CREATE UNIQUE INDEX CONCURRENTLY "User_email_key" ON public."User" USING btree (email);
      "
    `)
  })

  it('says so where the structure needs no change', async () => {
    const { sql } = await rollbackOf(users, 'ANALYZE "User"')
    expect(sql).toMatchInlineSnapshot(`
      "-- Rolls back 20261122101500_change.
      -- The structure needs no change.
      "
    `)
  })

  it('names no role of the rehearsal', async () => {
    const { sql, verified } = await rollbackOf(`${users} CREATE VIEW v AS SELECT id FROM "User";`, 'DROP VIEW v')
    expect(verified).toBe(true)
    expect(sql).not.toMatch(/OWNER|GRANT|postgres/)
  })
})

describe('hints of the author', () => {
  const split = `ALTER TABLE "User" ADD local text; UPDATE "User" SET local = split_part(email, '@', 1);
    ALTER TABLE "User" DROP email;`

  it('stand first, and what they bring back is no reason', async () => {
    const start = `${users} INSERT INTO "User" (email) VALUES ('ada@x');`
    const { sql, incomplete, verified } = await rollbackOf(start, split, {
      statements: [
        'ALTER TABLE "User" ADD email text',
        `UPDATE "User" SET email = local || '@x'`,
        'ALTER TABLE "User" ALTER email SET NOT NULL',
      ],
      incomplete: [],
      keeps: ['public.User.email'],
    })
    expect({ incomplete, verified }).toEqual({ incomplete: [], verified: true })
    const { rows, back } = await goThereAndBack(start, split, sql)
    expect(back).toEqual([])
    expect(rows.after).toEqual(rows.before)
  })

  it('are left out, with the reason, where they do not run', async () => {
    const hints = { statements: ['ALTER TABLE nowhere ADD x int'], incomplete: [], keeps: [] }
    const { sql, incomplete, verified } = await rollbackOf(users, split, hints)
    expect(incomplete).toContain(
      'the statements handed in failed in the rehearsal: relation "nowhere" does not exist',
    )
    expect(verified).toBe(true)
    expect(sql).not.toContain('nowhere ADD')
  })
})

describe('what is honest about a rollback', () => {
  it('is that something is missing that nobody knows how to make again', async () => {
    const start = `${users} CREATE TEXT SEARCH CONFIGURATION mine (COPY = english);`
    const { incomplete, verified, differences } = await rollbackOf(start, 'DROP TEXT SEARCH CONFIGURATION mine')
    expect(verified).toBe(false)
    expect(incomplete).toEqual(['not as before: text search configuration public.mine: removed'])
    expect(differences).toMatchObject([{ name: 'public.mine', change: 'removed' }])
  })

  it('is that it was not verified where the migration cannot be applied twice', async () => {
    const up = `DO $$ BEGIN IF obj_description('"User"'::regclass) = 'done' THEN RAISE 'again'; END IF; END $$;
      COMMENT ON TABLE "User" IS 'done'; ALTER TABLE "User" ADD age int; CREATE ROLE "tide_test_role_${process.pid}";`
    const { incomplete, verified } = await rollbackOf(users, up)
    await withConnection((await databaseAt('')).url, (c) => c.query(`DROP ROLE "tide_test_role_${process.pid}"`))
    expect(verified).toBe(false)
    expect(incomplete).toEqual([
      'roles belong to the whole server and stay as they are (line 2)',
      expect.stringContaining('after it the migration cannot be applied again: '),
    ])
  })

  it('is that a sequence that comes back goes on behind the highest number', async () => {
    const up = 'ALTER TABLE "User" ALTER id DROP DEFAULT; DROP SEQUENCE "User_id_seq"'
    const start = `${users} INSERT INTO "User" (email) VALUES ('a'), ('b');`
    const { sql } = await rollbackOf(start, up)
    await withConnection((await databaseAt(start)).url, async (connection) => {
      await runScript(connection, up, 'migration.sql')
      await runScript(connection, sql, 'down.sql')
      const { rows } = await connection.query(`INSERT INTO "User" (email) VALUES ('c') RETURNING id`)
      expect(rows).toEqual([{ id: 3 }])
    })
  })
})

it('leaves the migration itself to fail with its place', async () => {
  await expect(rollbackOf(users, 'ALTER TABLE nowhere ADD x int')).rejects.toMatchObject({ code: 'STATEMENT_FAILED' })
})
