import { type HazardCase, people } from './hazard-case.ts'

/** Statements that ask something of the rows that are there. */
export const casesOfStructure: readonly HazardCase[] = [
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
    title: 'tables that become partitions of new ones, by values of a list, and within bounds that hold all but edges',
    setup: 'CREATE TABLE old (id int, kind text); CREATE TABLE numbers (id int, n int NOT NULL);',
    up: `CREATE TABLE all_numbers (id int, n int NOT NULL) PARTITION BY RANGE (n);
      ALTER TABLE all_numbers ATTACH PARTITION numbers FOR VALUES FROM (MINVALUE) TO (2000000000); ALTER TABLE old RENAME kind TO sort; CREATE TABLE things (id int, sort text) PARTITION BY LIST (sort);
      ALTER TABLE things ATTACH PARTITION old FOR VALUES IN ('a', NULL);`,
    down: `ALTER TABLE things DETACH PARTITION old; DROP TABLE things; ALTER TABLE old RENAME sort TO kind;
      ALTER TABLE all_numbers DETACH PARTITION numbers; DROP TABLE all_numbers;`,
    breaks: ['public.numbers: rows outside the bounds of the partition', 'public.old: rows outside the bounds of the partition'],
  },
  {
    kind: 'text-before-other-type',
    title: 'an UPDATE that casts',
    setup: people,
    up: 'UPDATE people SET age = state::bigint WHERE name IS NOT NULL; UPDATE people SET age = email::bigint WHERE id < 0;',
    down: '-- tide: incomplete reason="values of public.people (age) were overwritten"',
    breaks: ['public.people.state: texts that are no int8'],
    others: { 'public.people.email': 'untried' },
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
    kind: 'row-before-check',
    title: 'VALIDATE of one that was added NOT VALID, with its column renamed in between',
    setup: people,
    up: `ALTER TABLE people ADD CONSTRAINT grown CHECK (age > 10) NOT VALID; ALTER TABLE people RENAME age TO years;
      ALTER TABLE people RENAME TO persons; ALTER TABLE persons VALIDATE CONSTRAINT grown;`,
    down: `ALTER TABLE persons DROP CONSTRAINT grown; ALTER TABLE persons RENAME years TO age;
      ALTER TABLE persons RENAME TO people;`,
    breaks: ['public.people: rows that do not satisfy grown'],
  },
  {
    kind: 'row-before-check',
    title: 'by the names that the migration gave a table and its columns, in every condition',
    setup: people,
    up: `ALTER TABLE people RENAME TO persons; ALTER TABLE persons RENAME age TO years; ALTER TABLE persons RENAME email TO mail;
      ALTER TABLE persons RENAME state TO "a state"; ALTER TABLE persons ADD CONSTRAINT grown CHECK (years BETWEEN 0 AND 130);
      CREATE UNIQUE INDEX a ON persons (lower(mail), years) WHERE "a state" IS NOT NULL;
      CREATE UNIQUE INDEX b ON persons (name) WHERE years > 3;
      ALTER TABLE persons ADD number int GENERATED ALWAYS AS ("a state"::int + 1) STORED;`,
    down: `ALTER TABLE persons DROP number, DROP CONSTRAINT grown; DROP INDEX a; DROP INDEX b;
      ALTER TABLE persons RENAME years TO age; ALTER TABLE persons RENAME mail TO email;
      ALTER TABLE persons RENAME "a state" TO state; ALTER TABLE persons RENAME TO people;`,
    breaks: [
      'public.people.name: rows with the same value',
      'public.people: rows of which number cannot be computed as int4',
      'public.people: rows that do not satisfy grown',
      'public.people: rows with the same lower("email"), "age"',
    ],
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
    up: `ALTER TABLE stays RENAME room TO place;
      ALTER TABLE stays ADD CONSTRAINT apart EXCLUDE USING gist (place WITH =, at WITH &&) WHERE (place > 0)`,
    down: 'ALTER TABLE stays DROP CONSTRAINT apart; ALTER TABLE stays RENAME place TO room',
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
