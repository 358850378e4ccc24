import { beforeAll, describe, expect, inject, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, parseDatabaseUrl, withDatabase } from '../../src/postgres/database-url.ts'
import { createTestRole } from '../support/database-role.ts'
import { rowsOf } from '../support/database-rows.ts'
import { failureOf } from '../support/failure.ts'
import { allBytes, apply, countsOf, fixOf, sql, undo } from '../support/fixes.ts'
import { writeUndoSql } from '../../src/fix/write-undo-sql.ts'
import { hardTables } from '../support/hard-fix-tables.ts'

/** One database for all: what a test does it takes back, which is what is tested. */
let database: DatabaseUrl
let untouched: Awaited<ReturnType<typeof allBytes>>

beforeAll(async () => {
  const server = parseDatabaseUrl(inject('server'), 'the test server')
  const name = 'undo_fix'
  await withConnection(server, async (connection) => {
    await connection.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await connection.query(`CREATE DATABASE ${name}`)
  })
  database = withDatabase(server, name)
  await sql(database, hardTables)
  untouched = await allBytes(database)
  return () => withConnection(server, (connection) => connection.query(`DROP DATABASE ${name} WITH (FORCE)`))
})

describe('an undo restores byte for byte', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'updated rows with every column type': [`UPDATE every_type SET note = 'other', tags = '{}', amount = 0, doc = '{}', raw = ''`],
    'deleted rows with every column type': ['DELETE FROM every_type'],
    'every value set to NULL': [
      `DO $$ DECLARE c text; BEGIN FOR c IN SELECT attname FROM pg_attribute WHERE attrelid = 'every_type'::regclass
        AND attnum > 0 AND NOT attnotnull AND attgenerated = '' LOOP
        EXECUTE format('UPDATE every_type SET %I = NULL', c); END LOOP; END $$`,
    ],
    'rows that cascades deleted, over three tables and back into the first': ['DELETE FROM parent WHERE id < 4'],
    'keys that cascades updated': ['UPDATE parent SET id = id + 1000'],
    'rows that triggers wrote': ['UPDATE touched SET name = upper(name)'],
    'unique values that were swapped': [
      'UPDATE swaps SET code = -1 WHERE id = 1',
      'UPDATE swaps SET code = 1 WHERE id = 2',
      'UPDATE swaps SET code = 2 WHERE id = 1',
    ],
    'primary keys that were swapped': [
      'UPDATE swaps SET id = -1 WHERE id = 1',
      'UPDATE swaps SET id = 1 WHERE id = 2',
      'UPDATE swaps SET id = 2 WHERE id = -1',
    ],
    'values that an exclusion keeps apart': [`UPDATE bookings SET during = during + 5 WHERE room = 1`],
    'rows of a tree that point to each other': ['DELETE FROM tree'],
    'a circle of two tables': [
      'SET CONSTRAINTS ALL DEFERRED',
      'DELETE FROM circle_a',
      'DELETE FROM circle_b',
    ],
    'rows that moved between partitions': ['UPDATE parted SET region = 1 - region'],
    'rows that partitions lost': ['DELETE FROM parted WHERE region = 0'],
    'identity and generated columns': ['DELETE FROM numbered', `INSERT INTO numbered (a) VALUES (7)`],
    'composite keys with text and timestamps': [`UPDATE composite SET at = at + interval '1 day'`, `DELETE FROM composite WHERE name = ''`],
    'keys of a type whose operators no search path finds': [
      'UPDATE mails SET mail = lower(mail), n = 5', `DELETE FROM mails WHERE n = 5 AND mail::text LIKE 'ben%'`,
    ],
    'keys that are written in another way and mean the same': ['UPDATE scaled SET n = n + 0.000, f = 0'],
    'a table whose name needs quotes': [`UPDATE "Odd ""name"".x"."T a'ble" SET "Col ""umn" = 'z'`],
    'nothing, where a row came and went': [`INSERT INTO touched VALUES (99, 'x')`, 'DELETE FROM touched WHERE id = 99'],
    'savepoints that were rolled back': [
      'SAVEPOINT a', 'DELETE FROM swaps', 'ROLLBACK TO a', 'UPDATE swaps SET code = code + 100', 'RELEASE a',
    ],
    'rows written in subtransactions': [
      `DO $$ BEGIN FOR i IN 1..100 LOOP BEGIN UPDATE swaps SET code = code + 100 WHERE id = 1 + i % 3;
        EXCEPTION WHEN division_by_zero THEN NULL; END; END LOOP; END $$`,
    ],
    'deferred triggers, which fire at the end': ['UPDATE late SET n = n + 1'],
    'views that write through': ['UPDATE late_view SET n = 9'],
    'large values out of line': [`UPDATE large SET body = body || 'x'`],
    'an upsert and a merge': [
      `INSERT INTO swaps VALUES (1, 77) ON CONFLICT (id) DO UPDATE SET code = EXCLUDED.code`,
      `MERGE INTO swaps s USING (VALUES (2, 88), (50, 99)) v (id, code) ON s.id = v.id
        WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (v.id, v.code)`,
    ],
  }
  for (const [what, statements] of Object.entries(cases)) {
    test(what, async () => {
      await undo(database, await apply(database, statements))
      expect(await allBytes(database)).toEqual(untouched)
    })
  }
})

test('an undo is a run, and can be undone', async () => {
  const run = await apply(database, ['DELETE FROM parent WHERE id < 4', 'UPDATE touched SET name = NULL', 'DELETE FROM every_type'])
  const changed = await allBytes(database)
  const undone = await undo(database, run)
  const again = await undo(database, undone.undo ?? '')
  expect(await allBytes(database)).toEqual(changed)
  await undo(database, again.undo ?? '')
  expect(await allBytes(database)).toEqual(untouched)
})

async function scriptOf(run: string): Promise<string> {
  const lines: string[] = []
  await writeUndoSql({ database, run, write: (some) => lines.push(...some) })
  return lines.join('\n')
}

test('the rollback as SQL restores the same bytes, of every type and in tables that triggers watch', async () => {
  const run = await apply(database, [
    'DELETE FROM every_type', 'DELETE FROM parent WHERE id < 4', 'UPDATE touched SET name = upper(name)', 'DELETE FROM tree',
    'UPDATE parted SET region = 1 - region', 'DELETE FROM numbered', `UPDATE "Odd ""name"".x"."T a'ble" SET "Col ""umn" = 'z'`,
    'UPDATE swaps SET code = -1 WHERE id = 1', 'UPDATE swaps SET code = 1 WHERE id = 2', 'UPDATE swaps SET code = 2 WHERE id = 1',
  ])
  await sql(database, await scriptOf(run))
  expect(await allBytes(database)).toEqual(untouched)
  // What a script has restored is known to the undo as what it should become.
  await undo(database, run, { overwrite: true })
  expect(await allBytes(database)).toEqual(untouched)
})

test('a row that somebody has changed since is named, and nothing is restored', async () => {
  const run = await apply(database, [`UPDATE touched SET name = 'fixed'`])
  await sql(database, `ALTER TABLE touched DISABLE TRIGGER ALL; UPDATE touched SET name = 'theirs' WHERE id = 2;
    ALTER TABLE touched ENABLE TRIGGER ALL`)
  const before = await allBytes(database)
  const failure = await failureOf(() => undo(database, run))
  expect(failure.code).toBe('FIX_ROWS_CHANGED')
  expect(failure.details.why).toBe('touched id=2')
  expect(await allBytes(database)).toEqual(before)
  const undone = await undo(database, run, { overwrite: true })
  expect(undone.overwritten).toEqual(['touched id=2'])
  expect(await allBytes(database)).toEqual(untouched)
})

test('--overwrite brings back a row that was deleted since, and takes away one that came back', async () => {
  const run = await apply(database, ['DELETE FROM swaps WHERE id = 1', 'UPDATE swaps SET code = 55 WHERE id = 2'])
  await sql(database, 'INSERT INTO swaps VALUES (1, 1000); DELETE FROM swaps WHERE id = 2')
  expect((await failureOf(() => undo(database, run))).details.meta).toEqual({ rows: ['swaps id=2', 'swaps id=1'] })
  await undo(database, run, { overwrite: true })
  expect(await allBytes(database)).toEqual(untouched)
})

test('a row that is what it was before is left alone with --overwrite', async () => {
  const run = await apply(database, ['UPDATE swaps SET code = 55 WHERE id = 2', 'UPDATE swaps SET code = 56 WHERE id = 3'])
  await sql(database, 'UPDATE swaps SET code = 2 WHERE id = 2')
  const undone = await undo(database, run, { overwrite: true })
  expect(countsOf(undone)).toEqual(['swaps 0/1/0'])
  expect(undone.overwritten).toEqual([])
  expect(await allBytes(database)).toEqual(untouched)
})

test('rows that came since and point to a row that the undo takes away stop it', async () => {
  const run = await apply(database, [`INSERT INTO parent (id, name) VALUES (70, 'new')`])
  await sql(database, 'INSERT INTO child (id, parent_id) VALUES (70, 70)')
  const failure = await failureOf(() => undo(database, run))
  expect(failure.code).toBe('FIX_UNDO_ORPHANS')
  expect(failure.details.why).toContain('1 row of child would point to nothing (child_parent_id_fkey)')
  await expect(sql(database, await scriptOf(run))).rejects.toThrow('Rows of child would point to nothing')
  await sql(database, 'DELETE FROM child WHERE id = 70')
  await undo(database, run)
  expect(await allBytes(database)).toEqual(untouched)
})

test('a restored row whose target is gone stops it', async () => {
  await sql(database, `INSERT INTO parent (id, name) VALUES (71, 'p'); INSERT INTO child (id, parent_id) VALUES (71, 71)`)
  const run = await apply(database, ['DELETE FROM child WHERE id = 71'])
  await sql(database, 'DELETE FROM parent WHERE id = 71')
  expect((await failureOf(() => undo(database, run))).code).toBe('FIX_UNDO_ORPHANS')
  await expect(sql(database, await scriptOf(run))).rejects.toThrow('Rows of child would point to nothing')
  expect(await allBytes(database)).toEqual(untouched)
})

test('a unique value that somebody else has by now stops it, also where its constraint waits for the commit', async () => {
  const run = await apply(database, ['UPDATE swaps SET code = 55 WHERE id = 2', 'UPDATE lazy SET code = 55 WHERE id = 2'])
  await sql(database, 'INSERT INTO lazy VALUES (9, 2)')
  expect((await failureOf(() => undo(database, run))).code).toBe('FIX_UNDO_REFUSED')
  await expect(sql(database, await scriptOf(run))).rejects.toThrow('has what another row has by now')
  await sql(database, 'DELETE FROM lazy WHERE id = 9; INSERT INTO swaps VALUES (9, 2)')
  const failure = await failureOf(() => undo(database, run))
  expect(failure.code).toBe('FIX_UNDO_REFUSED')
  expect(failure.details.why).toContain('swaps_code_key')
  await sql(database, 'DELETE FROM swaps WHERE id = 9')
  await undo(database, run)
  expect(await allBytes(database)).toEqual(untouched)
})

test('a run is undone once; its name means the last one that is not undone', async () => {
  const first = await apply(database, fixOf(async (tx) => { await tx.query('UPDATE swaps SET code = code + 1 WHERE id = 3') }, 'twice'))
  const second = await apply(database, fixOf(async (tx) => { await tx.query('UPDATE swaps SET code = code + 1 WHERE id = 3') }, 'twice'))
  expect((await undo(database, 'twice')).undoes).toBe(second)
  expect((await failureOf(() => undo(database, second))).code).toBe('FIX_ALREADY_UNDONE')
  expect((await undo(database, 'twice')).undoes).toBe(first)
  expect((await failureOf(() => undo(database, 'twice'))).code).toBe('FIX_ALREADY_UNDONE')
  expect((await failureOf(() => undo(database, 'twicee'))).details.fix).toContain('Did you mean twice?')
  expect(await allBytes(database)).toEqual(untouched)
})

test('two undos of one run at the same time: one restores, the other finds it undone', async () => {
  const run = await apply(database, ['UPDATE every_type SET note = note || note'])
  const results = await Promise.allSettled([undo(database, run), undo(database, run)])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await allBytes(database)).toEqual(untouched)
})

test('a table that is not what it was is refused, with what is different', async () => {
  const run = await apply(database, ['UPDATE numbered SET a = a + 1'])
  await sql(database, 'ALTER TABLE numbered ADD COLUMN extra int')
  const failure = await failureOf(() => undo(database, run))
  expect(failure.code).toBe('FIX_TABLE_CHANGED')
  expect(failure.details.why).toBe('extra integer is new.')
  await sql(database, 'ALTER TABLE numbered DROP COLUMN extra')
  await undo(database, run)
  expect(await allBytes(database)).toEqual(untouched)
})

test('keys that differ in capitals alone are those of one row to its primary key, and come back as they were', async () => {
  await sql(database, `CREATE COLLATION IF NOT EXISTS nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
    CREATE TABLE cased (name text COLLATE nocase PRIMARY KEY, n int); INSERT INTO cased VALUES ('abc', 1), ('Def', 2)`)
  const before = await allBytes(database)
  const run = await apply(database, ['UPDATE cased SET name = upper(name), n = 3'])
  expect(await rowsOf(database, 'SELECT name, n FROM cased ORDER BY name')).toEqual(['ABC|3', 'DEF|3'])
  const role = await createTestRole(database)
  await sql(database, `ALTER TABLE cased OWNER TO ${role.name}; GRANT USAGE ON SCHEMA tide TO ${role.name}; GRANT ALL ON ALL TABLES IN SCHEMA tide TO ${role.name}`)
  const { undo: again = '' } = await undo(role.as(database), run)
  expect(await allBytes(database)).toEqual(before)
  await undo(database, again)
  await undo(database, 'repair')
  expect(await allBytes(database)).toEqual(before)
  await sql(database, 'DROP TABLE cased')
})

test('a label of an enum that has another name since is told as a change of the table', async () => {
  await sql(database, `CREATE TYPE mood_of_fix AS ENUM ('sad', 'glad'); CREATE TABLE moody (id int PRIMARY KEY, mood mood_of_fix);
    INSERT INTO moody VALUES (1, 'sad')`)
  const run = await apply(database, [`UPDATE moody SET mood = 'glad'`])
  await sql(database, `ALTER TYPE mood_of_fix RENAME VALUE 'sad' TO 'blue'`)
  const failure = await failureOf(() => undo(database, run))
  expect([failure.code, failure.details.why]).toEqual(['FIX_TABLE_CHANGED', expect.stringContaining('a label of an enum has another name')])
  expect(JSON.stringify(failure.details)).not.toContain('sad')
  await sql(database, 'DROP TABLE moody; DROP TYPE mood_of_fix')
})

test('a run whose images somebody has deleted is not undone in part', async () => {
  const run = await apply(database, ['UPDATE composite SET n = n + 1'])
  await sql(database, `DELETE FROM tide.fix_images WHERE run = ${run} AND number = 2`)
  const failure = await failureOf(() => undo(database, run))
  expect([failure.code, failure.message]).toEqual(['FIX_IMAGES_MISSING', expect.stringMatching(/: 2 of 3\.$/)])
  await sql(database, 'UPDATE composite SET n = n - 1')
  expect(await allBytes(database)).toEqual(untouched)
})

test('a rehearsed undo changes nothing', async () => {
  const run = await apply(database, ['DELETE FROM parent WHERE id = 1'])
  const changed = await allBytes(database)
  const rehearsed = await undo(database, run, { apply: false })
  expect(countsOf(rehearsed)).toContain('parent 1/1/0')
  expect(rehearsed.undo).toBeUndefined()
  expect(await allBytes(database)).toEqual(changed)
  await undo(database, run)
})

describe('a role that may not silence triggers', () => {
  test('restores what no trigger changes, and refuses what it cannot restore exactly', async () => {
    const role = await createTestRole(database)
    await sql(database, `GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role.name}; GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO ${role.name};
      GRANT CREATE ON DATABASE undo_fix TO ${role.name}; GRANT USAGE ON SCHEMA tide TO ${role.name};
      GRANT ALL ON ALL TABLES IN SCHEMA tide TO ${role.name}`)
    const own = role.as(database)
    const cascade = await apply(own, ['DELETE FROM parent WHERE id < 4', 'UPDATE composite SET n = n + 1'])
    await undo(own, cascade)
    expect(await allBytes(database)).toEqual(untouched)
    const touched = await apply(own, [`UPDATE touched SET name = 'x' WHERE id = 1`])
    const changed = await allBytes(database)
    const failure = await failureOf(() => undo(own, touched))
    expect(failure.code).toBe('FIX_UNDO_INEXACT')
    expect(failure.details.meta?.['rows']).toContain('touched id=1')
    expect(await allBytes(database)).toEqual(changed)
    await undo(database, touched)
    expect(await allBytes(database)).toEqual(untouched)
  })

  test('switches the triggers off of tables that it owns, and on again as they were', async () => {
    const role = await createTestRole(database)
    await sql(database, `CREATE TABLE own (id int PRIMARY KEY, name text, n int DEFAULT 0); INSERT INTO own VALUES (1, 'a'), (2, 'b');
      CREATE FUNCTION count_own() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.n := NEW.n + 1; RETURN NEW; END $$;
      CREATE TRIGGER one BEFORE UPDATE ON own FOR EACH ROW EXECUTE FUNCTION count_own();
      CREATE TRIGGER two BEFORE UPDATE ON own FOR EACH ROW EXECUTE FUNCTION count_own();
      CREATE TRIGGER off BEFORE UPDATE ON own FOR EACH ROW EXECUTE FUNCTION count_own();
      ALTER TABLE own ENABLE ALWAYS TRIGGER two; ALTER TABLE own DISABLE TRIGGER off;
      ALTER TABLE own OWNER TO ${role.name}; GRANT CREATE ON DATABASE undo_fix TO ${role.name};
      GRANT USAGE ON SCHEMA tide TO ${role.name}; GRANT ALL ON ALL TABLES IN SCHEMA tide TO ${role.name}`)
    const before = await allBytes(database)
    const states = `SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'own'::regclass ORDER BY 1`
    const enabled = await rowsOf(database, states)
    await undo(role.as(database), await apply(role.as(database), [`UPDATE own SET name = 'x'`]))
    expect(await allBytes(database)).toEqual(before)
    expect(await rowsOf(database, states)).toEqual(enabled)
    await sql(database, 'DROP TABLE own; DROP FUNCTION count_own')
  })
})
