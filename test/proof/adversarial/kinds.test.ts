import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { hazardKinds } from '../../../src/proof/adversarial/kinds.ts'
import { openProofGround, type ProvenChange } from '../../support/proof-place.ts'

interface HazardCase extends ProvenChange {
  readonly kind: string
  readonly title: string
  /** `object: rows` of what breaks it; empty: it copes with all that could be made. */
  readonly breaks: readonly string[]
  /** Of the same kind, what was tried and did no harm, or could not be. */
  readonly others?: Readonly<Record<string, string>>
}

const people = `CREATE TABLE towns (id int PRIMARY KEY, name text NOT NULL);
  CREATE TABLE people (id int PRIMARY KEY, name text, email varchar(200), town int, age bigint, state text, born timestamp(3));`

const cases: readonly HazardCase[] = [
  {
    kind: 'null-before-not-null',
    title: 'SET NOT NULL, and a column that is filled first',
    setup: people,
    up: `UPDATE people SET email = '' WHERE email IS NULL;
      ALTER TABLE people ALTER COLUMN name SET NOT NULL, ALTER COLUMN email SET NOT NULL;`,
    down: 'ALTER TABLE people ALTER name DROP NOT NULL, ALTER email DROP NOT NULL;',
    breaks: ['public.people.name: rows with NULL'],
    others: { 'public.people.email': 'harmless' },
  },
  {
    kind: 'null-before-not-null',
    title: 'a column that was renamed on the way',
    setup: people,
    up: 'ALTER TABLE people RENAME COLUMN name TO full_name; ALTER TABLE people ALTER full_name SET NOT NULL;',
    down: 'ALTER TABLE people ALTER full_name DROP NOT NULL; ALTER TABLE people RENAME COLUMN full_name TO name;',
    breaks: ['public.people.name: rows with NULL'],
  },
  {
    kind: 'null-before-not-null',
    title: 'a new primary key',
    setup: 'CREATE TABLE codes (code text, title text)',
    up: 'ALTER TABLE codes ADD PRIMARY KEY (code)',
    down: 'ALTER TABLE codes DROP CONSTRAINT codes_pkey, ALTER code DROP NOT NULL',
    breaks: ['public.codes.code: rows with NULL', 'public.codes.code: rows with the same value'],
  },
  {
    kind: 'key-before-insert',
    title: 'rows put in with their keys, by the names that the migration gave the columns',
    setup: `${people} CREATE UNIQUE INDEX one ON towns (name);`,
    up: `ALTER TABLE towns RENAME COLUMN name TO title; INSERT INTO towns (id, title) VALUES (700, 'it''s'), (701, 'here');
      INSERT INTO people (id, name) VALUES (702, 'x') ON CONFLICT DO NOTHING;`,
    down: 'DELETE FROM towns WHERE id IN (700, 701); ALTER TABLE towns RENAME COLUMN title TO name;',
    breaks: ['public.towns.id: rows with a value that is inserted', 'public.towns.name: rows with a value that is inserted'],
  },
  {
    kind: 'key-before-insert-select',
    title: 'rows put in from a query with their keys, by the names that the migration gave the columns',
    setup: `${people} CREATE UNIQUE INDEX one ON towns (name);`,
    up: `ALTER TABLE towns RENAME COLUMN name TO title;
      INSERT INTO towns (id, title) SELECT p.id + 700, lower(p.email) FROM people p JOIN people q USING (id) WHERE p.id < 105
        UNION SELECT 900, 'there';
      INSERT INTO people SELECT * FROM people ON CONFLICT DO NOTHING;`,
    down: 'DELETE FROM towns WHERE id > 800; ALTER TABLE towns RENAME COLUMN title TO name;',
    breaks: ['public.towns.id: rows with a value that is inserted', 'public.towns.name: rows with a value that is inserted'],
  },
  {
    kind: 'row-before-insert-select',
    title: 'rows put into a new table, twice with one key, or with NULL, from a column that was renamed',
    setup: people,
    up: `CREATE TABLE tags (label text PRIMARY KEY); ALTER TABLE people RENAME COLUMN state TO condition;
      INSERT INTO tags SELECT p.condition FROM people AS p WHERE p.id > 0;`,
    down: 'DROP TABLE tags; ALTER TABLE people RENAME COLUMN condition TO state;',
    breaks: [
      'public.people.state: rows that are inserted into tags with the same key',
      'public.people.state: rows with NULL, which tags does not take',
    ],
  },
  {
    kind: 'row-before-insert-select',
    title: 'rows put into new tables with a key of two columns, and each of them once',
    setup: people,
    up: `CREATE TABLE mails (id int, mail text, age bigint); CREATE UNIQUE INDEX one ON mails (mail, age);
      CREATE TABLE names (name text UNIQUE); INSERT INTO mails (id, mail, age) SELECT id, email, age FROM people;
      INSERT INTO names SELECT DISTINCT name FROM people;`,
    down: 'DROP TABLE mails; DROP TABLE names;',
    breaks: ['public.people (email, age): rows that are inserted into mails with the same key'],
  },
  {
    kind: 'row-before-insert-select',
    title: 'rows put in with a key of the table that they go to',
    setup: people,
    up: `INSERT INTO towns SELECT p.town, 'x' FROM people p WHERE p.town > 5000;`,
    down: 'DELETE FROM towns WHERE id > 5000;',
    breaks: ['public.people.town: rows that are inserted into towns with the same key'],
    others: { 'public.people.town': 'untried' },
  },
  {
    kind: 'row-before-generated-column',
    title: 'a cast, a division and an expression for which the column has no room',
    setup: people,
    up: `ALTER TABLE people ADD COLUMN short smallint GENERATED ALWAYS AS (age * 2) STORED;
      ALTER TABLE people ADD number int GENERATED ALWAYS AS (state::int + 1) STORED,
        ADD share int GENERATED ALWAYS AS (100 / town) STORED, ADD code varchar(5) GENERATED ALWAYS AS (name || 'x') STORED,
        ADD length int GENERATED ALWAYS AS (length(email)) STORED;`,
    down: 'ALTER TABLE people DROP short, DROP number, DROP share, DROP code, DROP length',
    breaks: [
      'public.people: rows of which code cannot be computed as varchar(5)',
      'public.people: rows of which number cannot be computed as int4',
      'public.people: rows of which share cannot be computed as int4',
      'public.people: rows of which short cannot be computed as int2',
    ],
    others: { 'public.people': 'untried' },
  },
  {
    kind: 'row-before-partition',
    title: 'a table attached, and one made beside the partition for all the rest',
    setup: `CREATE TABLE events (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
      CREATE TABLE others PARTITION OF events DEFAULT; CREATE TABLE old (id int, at date, PRIMARY KEY (id, at));`,
    up: `ALTER TABLE events ATTACH PARTITION old FOR VALUES FROM (MINVALUE) TO ('1950-01-01');
      CREATE TABLE soon PARTITION OF events FOR VALUES FROM ('2200-01-01') TO ('2300-01-01');`,
    down: 'ALTER TABLE events DETACH PARTITION old; DROP TABLE soon;',
    breaks: [
      'public.events: rows that belong into the new partition',
      'public.events: rows that belong into the new partition',
      'public.old: rows outside the bounds of the partition',
    ],
  },
  {
    kind: 'row-before-partition',
    title: 'a table that becomes a partition of a new one, by values of a list',
    setup: 'CREATE TABLE old (id int, kind text);',
    up: `ALTER TABLE old RENAME kind TO sort; CREATE TABLE things (id int, sort text) PARTITION BY LIST (sort);
      ALTER TABLE things ATTACH PARTITION old FOR VALUES IN ('a', NULL);`,
    down: 'ALTER TABLE things DETACH PARTITION old; DROP TABLE things; ALTER TABLE old RENAME sort TO kind;',
    breaks: ['public.old: rows outside the bounds of the partition'],
  },
  {
    kind: 'text-before-other-type',
    title: 'an UPDATE that casts',
    setup: people,
    up: 'UPDATE people SET age = state::bigint WHERE name IS NOT NULL;',
    down: '-- tide: incomplete reason="values of public.people (age) were overwritten"',
    breaks: ['public.people.state: texts that are no int8'],
  },
  {
    kind: 'zero-before-division',
    title: 'a column by which an UPDATE divides',
    setup: people,
    up: 'UPDATE people SET town = NULL; UPDATE people SET age = 1000 / age WHERE name IS NOT NULL;',
    down: '-- tide: incomplete reason="values of public.people (town, age) were overwritten"',
    breaks: ['public.people.age: rows with 0'],
  },
  {
    kind: 'rows-before-required-column',
    title: 'a required column without a default',
    setup: people,
    up: 'ALTER TABLE towns ADD COLUMN country text NOT NULL, ADD COLUMN size int NOT NULL DEFAULT 0',
    down: 'ALTER TABLE towns DROP COLUMN country, DROP COLUMN size',
    breaks: ['public.towns: any row'],
  },
  {
    kind: 'duplicate-before-unique',
    title: 'a unique index over two columns, and one that nothing can break',
    setup: `${people} CREATE UNIQUE INDEX old ON people (email);`,
    up: 'CREATE UNIQUE INDEX a ON people (name, town); CREATE UNIQUE INDEX b ON people (email);',
    down: 'DROP INDEX a; DROP INDEX b;',
    breaks: ['public.people (name, town): rows with the same values'],
    others: { 'public.people.email': 'impossible' },
  },
  {
    kind: 'duplicate-before-unique',
    title: 'CONCURRENTLY, with a predicate',
    setup: people,
    up: `CREATE UNIQUE INDEX CONCURRENTLY a ON people (email) WHERE town IS NOT NULL;`,
    down: 'DROP INDEX CONCURRENTLY a;',
    breaks: ['public.people.email: rows with the same value'],
  },
  {
    kind: 'duplicate-before-unique',
    title: 'NULLS NOT DISTINCT counts NULL twice',
    setup: people,
    up: 'ALTER TABLE people ADD CONSTRAINT one UNIQUE NULLS NOT DISTINCT (state)',
    down: 'ALTER TABLE people DROP CONSTRAINT one',
    breaks: ['public.people.state: rows with the same value'],
  },
  {
    kind: 'twin-before-unique-expression',
    title: 'lower() of an address',
    setup: people,
    up: 'CREATE UNIQUE INDEX a ON people (lower(email) text_pattern_ops) WHERE email IS NOT NULL',
    down: 'DROP INDEX a',
    breaks: ['public.people.email: rows with the same lower(email)'],
  },
  {
    kind: 'twin-before-unique-expression',
    title: 'what stands in JSON, in one place or within another',
    setup: 'CREATE TABLE notes (id int PRIMARY KEY, a json, b jsonb)',
    up: `CREATE UNIQUE INDEX one ON notes ((a->>'email')); CREATE UNIQUE INDEX two ON notes ((b->'who'->>'name'));`,
    down: 'DROP INDEX one; DROP INDEX two',
    breaks: [`public.notes.a: rows with the same (a->>'email')`, `public.notes.b: rows with the same (b->'who'->>'name')`],
  },
  {
    kind: 'orphan-before-foreign-key',
    title: 'a new foreign key, and one NOT VALID',
    setup: people,
    up: `ALTER TABLE people ADD CONSTRAINT a FOREIGN KEY (town) REFERENCES towns (id);
      ALTER TABLE people ADD CONSTRAINT b FOREIGN KEY (age) REFERENCES towns NOT VALID;`,
    down: 'ALTER TABLE people DROP CONSTRAINT a, DROP CONSTRAINT b',
    breaks: ['public.people.town: rows that point at nothing in public.towns'],
  },
  {
    kind: 'orphan-before-foreign-key',
    title: 'VALIDATE of one that was NOT VALID, here and before',
    setup: `${people} ALTER TABLE people ADD CONSTRAINT before FOREIGN KEY (age) REFERENCES towns NOT VALID;`,
    up: `ALTER TABLE people ADD CONSTRAINT a FOREIGN KEY (town) REFERENCES towns (id) NOT VALID;
      ALTER TABLE people VALIDATE CONSTRAINT a; ALTER TABLE people VALIDATE CONSTRAINT before;`,
    down: `ALTER TABLE people DROP CONSTRAINT a, DROP CONSTRAINT before;
      ALTER TABLE people ADD CONSTRAINT before FOREIGN KEY (age) REFERENCES towns NOT VALID`,
    breaks: ['public.people.town: rows that point at nothing in public.towns'],
    others: { 'public.people.age': 'untried' },
  },
  {
    kind: 'orphan-before-foreign-key',
    title: 'a table that the migration makes, and fills or not',
    setup: people,
    up: `CREATE TABLE states (state text PRIMARY KEY); INSERT INTO states SELECT DISTINCT state FROM people WHERE state IS NOT NULL;
      CREATE TABLE ages (age bigint PRIMARY KEY);
      ALTER TABLE people ADD FOREIGN KEY (state) REFERENCES states, ADD FOREIGN KEY (age) REFERENCES ages;`,
    down: 'ALTER TABLE people DROP CONSTRAINT people_state_fkey, DROP CONSTRAINT people_age_fkey; DROP TABLE states; DROP TABLE ages',
    breaks: ['public.people.age: rows that point at ages, which is new'],
    others: { 'public.people.state': 'harmless' },
  },
  {
    kind: 'text-before-shorter-type',
    title: 'a length, and a cut',
    setup: people,
    up: 'ALTER TABLE people ALTER name TYPE varchar(20), ALTER email TYPE varchar(12) USING left(email, 12)',
    down: 'ALTER TABLE people ALTER name TYPE text, ALTER email TYPE varchar(200)',
    breaks: ['public.people.name: texts longer than 20'],
    others: { 'public.people.email': 'harmless' },
  },
  {
    kind: 'text-before-shorter-type',
    title: 'the texts of an array',
    setup: 'CREATE TABLE tagged (id int PRIMARY KEY, tags text[] NOT NULL)',
    up: 'ALTER TABLE tagged ALTER tags TYPE varchar(60)[]',
    down: 'ALTER TABLE tagged ALTER tags TYPE text[]',
    breaks: ['public.tagged.tags: texts longer than 60'],
  },
  {
    kind: 'number-before-narrower-type',
    title: 'bigint to integer, numeric to a shorter one',
    setup: 'CREATE TABLE sums (id int PRIMARY KEY, total bigint, price numeric(12,2), rate numeric(6,2))',
    up: 'ALTER TABLE sums ALTER total TYPE integer, ALTER price TYPE numeric(6,2), ALTER rate TYPE numeric(12,2)',
    down: 'ALTER TABLE sums ALTER total TYPE bigint, ALTER price TYPE numeric(12,2), ALTER rate TYPE numeric(6,2)',
    breaks: [
      'public.sums.price: numbers that numeric(6,2) has no room for',
      'public.sums.total: numbers that int4 has no room for',
    ],
  },
  {
    kind: 'number-before-narrower-type',
    title: 'double precision and numeric to real',
    setup: 'CREATE TABLE sums (id int PRIMARY KEY, total float8, price numeric, rate real)',
    up: 'ALTER TABLE sums ALTER total TYPE real, ALTER price TYPE real, ALTER rate TYPE float8',
    down: 'ALTER TABLE sums ALTER total TYPE float8, ALTER price TYPE numeric, ALTER rate TYPE real',
    breaks: ['public.sums.price: numbers that float4 has no room for', 'public.sums.total: numbers that float4 has no room for'],
  },
  {
    kind: 'text-before-other-type',
    title: 'words before a number, a date and JSON',
    setup: 'CREATE TABLE words (id int PRIMARY KEY, a text, b text, c text)',
    up: `ALTER TABLE words ALTER a TYPE int USING a::int, ALTER b TYPE date USING b::date,
      ALTER c TYPE jsonb USING to_jsonb(c)`,
    down: `ALTER TABLE words ALTER a TYPE text, ALTER b TYPE text, ALTER c TYPE text USING c #>> '{}'`,
    breaks: ['public.words.a: texts that are no int4', 'public.words.b: texts that are no date'],
    others: { 'public.words.c': 'harmless' },
  },
  {
    kind: 'value-before-smaller-enum',
    title: 'a value taken out of an enum, as Prisma writes it',
    setup: `CREATE TYPE state AS ENUM ('NEW', 'OPEN', 'LOST', 'GONE');
      CREATE TABLE cases (id int PRIMARY KEY, state state NOT NULL, states state[] NOT NULL);`,
    up: `BEGIN; CREATE TYPE state_new AS ENUM ('NEW', 'OPEN');
      ALTER TABLE cases ALTER state TYPE state_new USING
        (CASE state::text WHEN 'GONE' THEN 'NEW' ELSE state::text END::state_new);
      ALTER TYPE state RENAME TO state_old; ALTER TYPE state_new RENAME TO state; COMMIT;`,
    down: `ALTER TABLE cases ALTER state TYPE state_old USING state::text::state_old;
      DROP TYPE state; ALTER TYPE state_old RENAME TO state;`,
    breaks: ['public.cases.state: rows with LOST'],
    others: { 'public.cases.state': 'harmless' },
  },
  {
    kind: 'value-before-smaller-enum',
    title: 'texts that become an enum',
    setup: people,
    up: `CREATE TYPE state AS ENUM ('NEW', 'OPEN');
      ALTER TABLE people ALTER state TYPE state USING state::state;`,
    down: 'ALTER TABLE people ALTER state TYPE text; DROP TYPE state;',
    breaks: ['public.people.state: texts that are no state'],
  },
  {
    kind: 'row-before-check',
    title: 'a CHECK, one that holds for all, one NOT VALID',
    setup: people,
    up: `ALTER TABLE people ADD CONSTRAINT grown CHECK (age BETWEEN 0 AND 130), ADD CONSTRAINT any CHECK (id = id),
      ADD CONSTRAINT later CHECK (length(name) > 3) NOT VALID;`.replaceAll(' any ', ' anyhow '),
    down: 'ALTER TABLE people DROP CONSTRAINT grown, DROP CONSTRAINT anyhow, DROP CONSTRAINT later',
    breaks: ['public.people: rows that do not satisfy grown'],
    others: { 'public.people': 'untried' },
  },
  {
    kind: 'row-before-check',
    title: 'VALIDATE of one that was added NOT VALID, here and before',
    setup: `${people} ALTER TABLE people ADD CONSTRAINT before CHECK (town > 3) NOT VALID;`,
    up: `ALTER TABLE people ADD CONSTRAINT grown CHECK (age > 10) NOT VALID; ALTER TABLE people VALIDATE CONSTRAINT grown;
      ALTER TABLE people VALIDATE CONSTRAINT before;`,
    down: 'ALTER TABLE people DROP CONSTRAINT grown, DROP CONSTRAINT before, ADD CONSTRAINT before CHECK (town > 3) NOT VALID',
    breaks: ['public.people: rows that do not satisfy grown'],
    others: { 'public.people': 'untried' },
  },
  {
    kind: 'value-before-domain-rule',
    title: 'a domain that grows stricter',
    setup: `CREATE DOMAIN amount AS numeric(8,2); CREATE TABLE bills (id int PRIMARY KEY, total amount);`,
    up: 'ALTER DOMAIN amount ADD CONSTRAINT positive CHECK (VALUE >= 10)',
    down: 'ALTER DOMAIN amount DROP CONSTRAINT positive',
    breaks: ['public.bills.total: values for which CHECK (VALUE >= 10) does not hold'],
  },
  {
    kind: 'overlap-before-exclusion',
    title: 'an EXCLUDE over a range',
    setup: `CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA pg_catalog;
      CREATE TABLE stays (id int PRIMARY KEY, room int NOT NULL, at tstzrange NOT NULL);`,
    up: 'ALTER TABLE stays ADD CONSTRAINT apart EXCLUDE USING gist (room WITH =, at WITH &&)',
    down: 'ALTER TABLE stays DROP CONSTRAINT apart',
    breaks: ['public.stays: rows that apart keeps apart'],
  },
  {
    kind: 'overlap-before-exclusion',
    title: 'an EXCLUDE over columns that may be NULL, in a table that has few rows with both',
    setup: `CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA pg_catalog;
      CREATE TABLE stays (id int PRIMARY KEY, room int, at tsrange); CREATE FUNCTION clear() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN NEW.room := NULL; RETURN NEW; END'; CREATE TRIGGER c BEFORE INSERT ON stays FOR EACH ROW EXECUTE FUNCTION clear();`,
    up: 'ALTER TABLE stays ADD CONSTRAINT apart EXCLUDE USING gist (room WITH =, at WITH &&)',
    down: 'ALTER TABLE stays DROP CONSTRAINT apart',
    breaks: ['public.stays: rows that apart keeps apart'],
  },
  {
    kind: 'moment-before-zone-change',
    title: 'local times that get a zone: they come back, all but what is beyond',
    setup: people,
    up: `ALTER TABLE people ALTER born TYPE timestamptz(3) USING born AT TIME ZONE 'Europe/Berlin'`,
    down: `ALTER TABLE people ALTER born TYPE timestamp(3) USING born AT TIME ZONE 'Europe/Berlin'`,
    breaks: [],
    others: { 'public.people.born': 'harmless' },
  },
]

describe('rows that break a migration', () => {
  test('every kind is in the list, and has a case here', () => {
    const folder = fileURLToPath(new URL('../../../src/proof/adversarial/kinds/', import.meta.url))
    const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, '')).sort()
    expect(hazardKinds.map(({ name }) => name)).toEqual(files)
    expect([...new Set(cases.map(({ kind }) => kind))].sort()).toEqual(files)
  })

  test.for(cases)('$kind: $title', async ({ breaks, kind, others = {}, ...change }) => {
    const { prove } = await openProofGround()
    const proof = await prove(change)
    const broken = proof.hazards.filter(({ outcome }) => outcome === 'breaks')
    expect(broken.map(({ object, rows }) => `${object}: ${rows}`).sort()).toEqual(breaks)
    expect(broken.every(({ error }) => error !== undefined && /^2[123]/.test(error.sqlstate))).toBe(true)
    expect(proof.verdict === 'fails').toBe(breaks.length > 0)
    const rest = proof.hazards.filter(({ outcome, hazard }) => outcome !== 'breaks' && hazard === kind)
    expect(Object.fromEntries(rest.map(({ object, outcome }) => [object, outcome]))).toEqual(others)
    expect(proof.reasons.filter((reason) => !reason.startsWith('it stops at '))).toEqual([])
  })

  test('blocks of code that ask something of rows are named: what they stop at is not looked for', async () => {
    const { prove } = await openProofGround()
    const up = `DO $$ BEGIN CREATE UNIQUE INDEX one ON people (email); END $$;
      DO $$ BEGIN DROP INDEX IF EXISTS nothing; END $$; CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'; CALL p();`
    const { notes } = await prove({ setup: people, up, down: 'DROP INDEX one; DROP PROCEDURE p;' })
    expect(notes).toEqual([
      'the DO block in line 1 was run, but not read: rows at which it may stop were not looked for',
      'the procedure called in line 2 was run, but not read: rows at which it may stop were not looked for',
    ])
  })

  test('the moment that summer time leaves out does not come back from a zone', async () => {
    const { prove } = await openProofGround()
    const change = cases.find(({ kind }) => kind === 'moment-before-zone-change')
    const proof = await prove({ up: '', ...change })
    expect(proof.losses).toMatchObject([{ object: 'public.people.born', rows: 1 }])
  })
})
