import { expect, test } from 'vitest'
import { openProofGround } from '../support/proof-place.ts'

const setup = `
  CREATE ROLE tide_reader_${String(process.pid)};
  CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
  CREATE TABLE shelves (id serial PRIMARY KEY, name text NOT NULL DEFAULT 'new', mood mood NOT NULL DEFAULT 'ok', size int);
  CREATE TABLE books (id int PRIMARY KEY, shelf int REFERENCES shelves (id), title text NOT NULL, pages int);
  CREATE INDEX books_title ON books (title) WHERE pages > 10;
  ALTER TABLE books ADD CONSTRAINT thin CHECK (pages < 100000);
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER touched BEFORE UPDATE ON books FOR EACH ROW EXECUTE FUNCTION touch();
  CREATE POLICY own ON books USING (pages > 0);
  COMMENT ON COLUMN books.title IS 'as printed';
  GRANT SELECT ON books TO tide_reader_${String(process.pid)};
  CREATE VIEW thick AS SELECT id FROM books WHERE pages > 500;
  ALTER TABLE shelves ALTER size SET STATISTICS 50;`

/** A migration that changes all of it, and the way back, one statement for each part. */
const up = `
  ALTER TABLE shelves ALTER name SET DEFAULT 'old', ALTER size SET STATISTICS 90;
  DROP INDEX books_title;
  UPDATE books SET pages = pages + 1;
  DROP TRIGGER touched ON books;
  COMMENT ON COLUMN books.title IS 'as told';
  ALTER TABLE books DROP CONSTRAINT thin;
  ALTER TYPE mood RENAME TO mood_old; CREATE TYPE mood AS ENUM ('ok', 'sad', 'happy');
  ALTER TABLE shelves ALTER mood DROP DEFAULT, ALTER mood TYPE mood USING mood::text::mood, ALTER mood SET DEFAULT 'ok';
  DROP TYPE mood_old;
  REVOKE SELECT ON books FROM tide_reader_${String(process.pid)};
  ALTER SEQUENCE shelves_id_seq OWNED BY NONE;
  DROP POLICY own ON books;
  CREATE OR REPLACE VIEW thick AS SELECT id FROM books WHERE pages > 900;`

const back = {
  'the default of a column': `ALTER TABLE shelves ALTER name SET DEFAULT 'new'`,
  'the statistics target of a column': 'ALTER TABLE shelves ALTER size SET STATISTICS 50',
  'the predicate of an index': 'CREATE INDEX books_title ON books (title) WHERE pages > 10',
  'the value of a row': 'UPDATE books SET pages = pages - 1',
  'a trigger': 'CREATE TRIGGER touched BEFORE UPDATE ON books FOR EACH ROW EXECUTE FUNCTION touch()',
  'a comment': `COMMENT ON COLUMN books.title IS 'as printed'`,
  'the validity of a constraint': 'ALTER TABLE books ADD CONSTRAINT thin CHECK (pages < 100000)',
  'the order of an enum': `ALTER TYPE mood RENAME TO mood_old; CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
    ALTER TABLE shelves ALTER mood DROP DEFAULT, ALTER mood TYPE mood USING mood::text::mood, ALTER mood SET DEFAULT 'ok';
    DROP TYPE mood_old`,
  'a grant': `GRANT SELECT ON books TO tide_reader_${String(process.pid)}`,
  'the column that owns a sequence': 'ALTER SEQUENCE shelves_id_seq OWNED BY shelves.id',
  'a policy': 'CREATE POLICY own ON books USING (pages > 0)',
  'a view': 'CREATE OR REPLACE VIEW thick AS SELECT id FROM books WHERE pages > 500',
}

type Part = keyof typeof back

/** The same with one part done otherwise. */
const broken: Readonly<Partial<Record<Part, string>>> = {
  'the default of a column': `ALTER TABLE shelves ALTER name SET DEFAULT 'New'`,
  'the predicate of an index': 'CREATE INDEX books_title ON books (title) WHERE pages > 11',
  'the value of a row': 'UPDATE books SET pages = CASE WHEN id = (SELECT min(id) FROM books WHERE pages > 0) THEN pages ELSE pages - 1 END',
  'the validity of a constraint': 'ALTER TABLE books ADD CONSTRAINT thin CHECK (pages < 100000) NOT VALID',
}

/** Where the difference is told. */
const objects: Readonly<Record<Part, string>> = {
  'the default of a column': 'public.shelves.name',
  'the statistics target of a column': 'public.shelves.size',
  'the predicate of an index': 'index public.books_title',
  'the value of a row': 'public.books.pages',
  'a trigger': 'trigger public.books.touched',
  'a comment': 'comment table column public.books.title',
  'the validity of a constraint': 'constraint public.books.thin',
  'the order of an enum': 'enum public.mood',
  'a grant': `grant table public.books to tide_reader_${String(process.pid)}`,
  'the column that owns a sequence': 'sequence public.shelves_id_seq',
  'a policy': 'policy public.books.own',
  'a view': 'view public.thick',
}

test('a rollback that is broken in one place is caught in that place, and a whole one in none', async () => {
  const ground = await openProofGround()
  const withRole = (script: string): string => `DROP ROLE IF EXISTS tide_reader_${String(process.pid)};${script}`
  const prove = (down: string) => ground.prove({ setup: withRole(setup), up, down })
  expect(await prove(Object.values(back).join(';\n'))).toMatchObject({ verdict: 'exact', losses: [], reasons: [], notes: [] })
  for (const part of Object.keys(back) as Part[]) {
    const parts = Object.entries(back).flatMap(([name, sql]) => (name === part ? (broken[part] ?? []) : sql))
    const proof = await prove(parts.join(';\n'))
    expect([part, proof.losses.map(({ object }) => object)]).toEqual([part, [objects[part]]])
  }
  await ground.prove({ setup: `DROP ROLE tide_reader_${String(process.pid)}`, up: '' })
})

test.for([
  [
    'a materialized view that is not refreshed, beside one that is made anew',
    `CREATE TABLE t (id int PRIMARY KEY, n int); CREATE MATERIALIZED VIEW all_n AS SELECT n FROM t;
      CREATE MATERIALIZED VIEW doubled AS SELECT n * 2 AS n FROM all_n;`,
    `DROP MATERIALIZED VIEW doubled; UPDATE t SET n = n + 1; REFRESH MATERIALIZED VIEW all_n;`,
    `UPDATE t SET n = n - 1; CREATE MATERIALIZED VIEW doubled AS SELECT n * 2 AS n FROM all_n;`,
    ['public.all_n', 'public.doubled'],
  ],
  [
    'a materialized view that holds what it held',
    'CREATE TABLE t (id int PRIMARY KEY, n int); CREATE MATERIALIZED VIEW all_n AS SELECT n FROM t;',
    'DROP MATERIALIZED VIEW all_n; UPDATE t SET n = n + 1',
    'UPDATE t SET n = n - 1; CREATE MATERIALIZED VIEW all_n AS SELECT n FROM t',
    [],
  ],
  [
    'tables that are made anew with their rows, and not with where their sequences stood, up or down',
    `CREATE TABLE t (id serial PRIMARY KEY, n int);
      CREATE TABLE d (id int GENERATED BY DEFAULT AS IDENTITY (INCREMENT -1) PRIMARY KEY, n int); INSERT INTO d (n) VALUES (1), (2);`,
    `CREATE TABLE aside AS SELECT * FROM t; DROP TABLE t; CREATE TABLE downwards AS SELECT * FROM d; DROP TABLE d;`,
    `CREATE TABLE t (id serial PRIMARY KEY, n int); INSERT INTO t SELECT * FROM aside; DROP TABLE aside;
      CREATE TABLE d (id int GENERATED BY DEFAULT AS IDENTITY (INCREMENT -1) PRIMARY KEY, n int);
      INSERT INTO d SELECT * FROM downwards; DROP TABLE downwards`,
    ['public.d.id', 'public.t.id'],
  ],
  [
    'an identity that counts on where its rows end',
    'CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, n int)',
    'CREATE TABLE aside AS SELECT * FROM t; DROP TABLE t;',
    `CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, n int); INSERT INTO t SELECT * FROM aside;
      SELECT setval('t_id_seq', max(id)) FROM t; DROP TABLE aside`,
    [],
  ],
  [
    'a sequence that stood behind its rows before, and one that counts down',
    `CREATE TABLE t (id serial PRIMARY KEY, n int); INSERT INTO t (id) VALUES (1), (2);
      CREATE TABLE d (id int GENERATED BY DEFAULT AS IDENTITY (INCREMENT -1) PRIMARY KEY, n int); INSERT INTO d (n) VALUES (1), (2);`,
    'CREATE TABLE aside AS SELECT * FROM d; DROP TABLE d; ALTER TABLE t ADD m int',
    `CREATE TABLE d (id int GENERATED BY DEFAULT AS IDENTITY (INCREMENT -1) PRIMARY KEY, n int); INSERT INTO d SELECT * FROM aside;
      SELECT setval('d_id_seq', min(id)) FROM d; DROP TABLE aside; ALTER TABLE t DROP m`,
    [],
  ],
  [
    'numbers that count down, and that end early, in tables without rows of their own',
    `CREATE TABLE d (id int GENERATED BY DEFAULT AS IDENTITY (INCREMENT -1) PRIMARY KEY, n int NOT NULL);
      CREATE TABLE e (id int GENERATED BY DEFAULT AS IDENTITY (MAXVALUE 50) PRIMARY KEY, n int NOT NULL);`,
    'UPDATE d SET n = 1; UPDATE e SET n = 1',
    '-- nothing',
    ['public.d.n', 'public.e.n'],
  ],
  [
    'the key that an INSERT puts in unless it is there, and that was there',
    'CREATE TABLE t (id int PRIMARY KEY, n text NOT NULL)',
    `INSERT INTO t VALUES (7, 'new') ON CONFLICT DO NOTHING`,
    'DELETE FROM t WHERE id = 7',
    ['public.t'],
  ],
  [
    'the rows of a table of the user’s own that is called as a ledger',
    'CREATE SCHEMA app; CREATE TABLE app._prisma_migrations (id int PRIMARY KEY, note text)',
    `UPDATE app._prisma_migrations SET note = note || '!'; ALTER TABLE app._prisma_migrations ADD more int`,
    'ALTER TABLE app._prisma_migrations DROP more',
    ['app._prisma_migrations.note'],
  ],
  [
    'names that are told apart by their quotes alone',
    `CREATE SCHEMA a; CREATE TABLE a."b.c" (id int PRIMARY KEY, v int NOT NULL);
      CREATE SCHEMA "a.b"; CREATE TABLE "a.b".c (id int PRIMARY KEY, v int NOT NULL);
      INSERT INTO a."b.c" VALUES (1, 1); INSERT INTO "a.b".c VALUES (1, 1);`,
    'UPDATE a."b.c" SET v = v + 1; UPDATE "a.b".c SET v = v + 1',
    '-- nothing',
    ['"a.b".c.v', 'a."b.c".v'],
  ],
] as const)('tells the truth of %s', async ([, setup, up, down, lost]) => {
  const ground = await openProofGround()
  const { losses } = await ground.prove({ setup, up, down })
  const found = losses.filter(({ rows }) => rows > 0).map(({ object }) => object)
  expect([...new Set(found)].sort()).toEqual(lost)
})

test('a sequence that a migration leaves behind its rows is told, whatever the rollback does', async () => {
  const ground = await openProofGround()
  const up = `CREATE TABLE people (id serial PRIMARY KEY); INSERT INTO people SELECT id FROM t;`
  const { verdict, notes } = await ground.prove({ setup: 'CREATE TABLE t (id serial PRIMARY KEY)', up, down: 'DROP TABLE people' })
  expect({ verdict, notes }).toEqual({
    verdict: 'exact',
    notes: ['public.people.id: after the migration its sequence goes on with numbers that rows have already'],
  })
})
