import { expect, test } from 'vitest'
import { openProofGround, type ProvenChange } from '../../support/proof-place.ts'

interface Case extends ProvenChange {
  readonly title: string
  /** Of the losses; none: the way back is exact. */
  readonly objects: readonly string[]
}

const refusing = `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
  CREATE TABLE t (id int PRIMARY KEY, a text); CREATE TRIGGER no BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION refuse();`

/** Ways back that lose what no rehearsed row would miss, or that only seem to. */
const cases: readonly Case[] = [
  {
    title: 'a column of which all values are NULL',
    setup: 'CREATE TABLE t (id int PRIMARY KEY, a text); INSERT INTO t VALUES (1, NULL)',
    up: 'ALTER TABLE t DROP a',
    down: 'ALTER TABLE t ADD a text',
    objects: ['public.t.a'],
  },
  {
    title: 'a column that counts, and is made anew',
    setup: 'CREATE TABLE t (id int PRIMARY KEY, n serial)',
    up: 'ALTER TABLE t DROP n',
    down: 'ALTER TABLE t ADD n serial',
    objects: ['public.t.n'],
  },
  {
    title: 'a column of a table that takes no rows',
    setup: refusing,
    up: 'ALTER TABLE t DROP a',
    down: 'ALTER TABLE t ADD a text',
    objects: ['public.t.a'],
  },
  {
    title: 'rows that the WHERE of an UPDATE and a DELETE does not meet',
    setup: 'CREATE TABLE t (id int PRIMARY KEY, a text, b int)',
    up: `UPDATE t SET a = 'new' WHERE a = 'legacy'; DELETE FROM t WHERE a = 'older still'`,
    down: 'SELECT 1',
    objects: ['public.t.a', 'public.t'],
  },
  {
    title: 'a type that does not tell every value',
    setup: 'CREATE TABLE t (id int PRIMARY KEY, a bigint NOT NULL)',
    up: 'ALTER TABLE t ALTER a TYPE float8',
    down: 'ALTER TABLE t ALTER a TYPE bigint',
    objects: ['public.t.a'],
  },
  {
    title: 'rows that are told by an archive of its own',
    setup: 'CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL, b int)',
    up: 'CREATE TABLE kept AS SELECT id, a FROM t; ALTER TABLE t DROP a; UPDATE t SET b = coalesce(b, 0) + 1',
    down: `ALTER TABLE t ADD a text; UPDATE t SET a = k.a FROM kept k WHERE k.id = t.id; ALTER TABLE t ALTER a SET NOT NULL;
      UPDATE t SET b = CASE WHEN b > 1 THEN b - 1 END; DROP TABLE kept`,
    objects: [],
  },
  {
    title: 'a table and a column renamed on the way',
    setup: 'CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL)',
    up: 'ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME a TO b; UPDATE u SET b = b + 1',
    down: 'UPDATE u SET b = b - 1; ALTER TABLE u RENAME b TO a; ALTER TABLE u RENAME TO t',
    objects: [],
  },
]

test('a column holds something in one row at least, also where most rows have none', async () => {
  const ground = await openProofGround()
  const setup = 'CREATE TABLE k (id int PRIMARY KEY, deleted_at timestamptz, "bannedAt" timestamp, b bool, j jsonb)'
  const { losses } = await ground.prove({
    setup,
    up: 'ALTER TABLE k DROP deleted_at, DROP "bannedAt", DROP b, DROP j',
    down: 'ALTER TABLE k ADD deleted_at timestamptz, ADD "bannedAt" timestamp, ADD b bool, ADD j jsonb',
  })
  expect(losses.map(({ object, rows }) => [object, rows > 0])).toEqual(
    ['bannedAt', 'b', 'deleted_at', 'j'].sort().map((column) => [`public.k.${column}`, true]),
  )
})

test('nothing is called exact of which no row tells', async () => {
  const ground = await openProofGround()
  const found: Record<string, readonly string[]> = {}
  for (const { title, objects: _, ...change } of cases) {
    const { losses, reasons } = await ground.prove(change)
    found[title] = [...new Set([...reasons, ...losses.map(({ object }) => object)])]
  }
  expect(found).toEqual(Object.fromEntries(cases.map(({ title, objects }) => [title, objects])))
})
