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
