import { type HazardCase, people } from './hazard-case.ts'

/** Statements that change rows. */
export const casesOfRows: readonly HazardCase[] = [
  {
    kind: 'key-before-insert',
    title: 'rows put in with their keys, by the names that the migration gave the columns',
    setup: `${people} CREATE UNIQUE INDEX one ON towns (name);`,
    up: `ALTER TABLE towns RENAME COLUMN name TO title; INSERT INTO towns (id, title) VALUES (700, 'it''s'), (701, 'here');
      INSERT INTO people VALUES (702, 'x') ON CONFLICT DO NOTHING;`,
    down: 'DELETE FROM towns WHERE id IN (700, 701); ALTER TABLE towns RENAME COLUMN title TO name;',
    breaks: ['public.towns.id: rows with a value that is inserted', 'public.towns.name: rows with a value that is inserted'],
    others: { 'public.people.id': 'harmless' },
  },
  {
    kind: 'key-before-insert-select',
    title: 'rows put in from a query with their keys, by the names that the migration gave the columns',
    setup: `${people} CREATE UNIQUE INDEX one ON towns (name); ALTER TABLE people ADD UNIQUE (email);`,
    up: `ALTER TABLE towns RENAME COLUMN name TO title; INSERT INTO towns SELECT p.id, p.name FROM people p WHERE p.id < 0;
      INSERT INTO people (id, email) SELECT v.a, v.b FROM (VALUES (900, NULL), (901, 'there')) AS v(a, b);
      INSERT INTO towns (id, title) SELECT p.id + 700, lower(p.email) FROM people p JOIN people q USING (id) WHERE p.id < 105
        UNION SELECT 900, 'there';
      INSERT INTO people SELECT * FROM people ON CONFLICT DO NOTHING;`,
    down: 'DELETE FROM towns WHERE id > 800; DELETE FROM people WHERE id >= 900; ALTER TABLE towns RENAME COLUMN title TO name;',
    breaks: ['public.people.email: rows with a value that is inserted', 'public.people.id: rows with a value that is inserted', 'public.towns.id: rows with a value that is inserted', 'public.towns.name: rows with a value that is inserted'],
    others: { 'public.towns.id': 'untried', 'public.towns.name': 'untried' },
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
      CREATE TABLE names (name text UNIQUE); CREATE TABLE ids (id int PRIMARY KEY); INSERT INTO ids SELECT id FROM people; INSERT INTO mails (id, mail, age) SELECT id, email, age FROM people;
      INSERT INTO names SELECT DISTINCT name FROM people;`,
    down: 'DROP TABLE mails; DROP TABLE names; DROP TABLE ids;',
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
    kind: 'row-before-delete',
    title: 'rows that others point at, and rows whose children go first',
    setup: `${people} ALTER TABLE people ADD FOREIGN KEY (town) REFERENCES towns; CREATE TABLE pets (id int PRIMARY KEY,
      owner int REFERENCES people ON DELETE CASCADE); CREATE TABLE tree (id int PRIMARY KEY, up int REFERENCES tree, name text);
      INSERT INTO tree VALUES (1, 1, 'gone'), (2, 2, 'there');`,
    up: `DELETE FROM towns AS w WHERE w.name = 'gone'; DELETE FROM people WHERE people.state = 'gone';
      DELETE FROM towns WHERE id = 77777; DELETE FROM tree WHERE name = 'gone';`,
    down: '-- tide: incomplete reason="rows of public.people and public.towns were deleted"',
    breaks: ['public.towns: rows that are deleted while public.people points at them'],
    others: { 'public.people': 'harmless', 'public.towns': 'untried', 'public.tree': 'untried' },
  },
  {
    kind: 'row-before-delete',
    title: 'conditions in the names that the migration gave tables and columns, also those of queries within',
    setup: `${people} ALTER TABLE people ADD FOREIGN KEY (town) REFERENCES towns;`,
    up: `ALTER TABLE towns RENAME TO cities; ALTER TABLE cities RENAME name TO title; ALTER TABLE people RENAME state TO condition;
      DELETE FROM cities WHERE cities.title = 'gone' AND id IN (SELECT p.town FROM people AS p WHERE p.condition IS DISTINCT FROM 'x');
      UPDATE people SET age = people.condition::bigint WHERE people.condition <> 'none';
      DELETE FROM cities USING people WHERE people.id = -cities.id;`,
    down: `ALTER TABLE people RENAME condition TO state; ALTER TABLE cities RENAME title TO name; ALTER TABLE cities RENAME TO towns;`,
    breaks: [
      'public.people.state: texts that are no int8',
      'public.towns: rows that are deleted while public.people points at them',
    ],
  },
  {
    kind: 'zero-before-division',
    title: 'a condition on a column that is new, under a name that another one had',
    setup: people,
    up: `ALTER TABLE people RENAME age TO years; ALTER TABLE people ADD age int DEFAULT 7;
      UPDATE people SET town = 1000 / years WHERE age > -1;`,
    down: 'ALTER TABLE people DROP age; ALTER TABLE people RENAME years TO age',
    breaks: [],
    others: { 'public.people.age': 'untried' },
  },
  {
    kind: 'twin-before-update',
    title: 'texts in a unique column that become the same, of all rows and of some',
    setup: `${people} ALTER TABLE people ADD UNIQUE (email), ADD UNIQUE (name), ADD UNIQUE (born); CREATE UNIQUE INDEX two ON towns (name);`,
    up: `UPDATE people SET email = lower(email); UPDATE towns t SET name = trim(t.name) WHERE t.id > 0;
      UPDATE people SET state = lower(state); UPDATE people SET name = trim(name) WHERE id < 0;
      UPDATE people SET born = nullif(born, born);`,
    down: '-- tide: incomplete reason="values of public.people (email, state) and public.towns (name) were overwritten"',
    breaks: ['public.people.email: rows that get the same email', 'public.towns.name: rows that get the same name'],
    others: { 'public.people.born': 'untried', 'public.people.name': 'untried' },
  },
  {
    kind: 'twin-before-update',
    title: 'one text for all rows that a condition chooses',
    setup: `${people} ALTER TABLE people ADD UNIQUE (email);`,
    up: `UPDATE people SET email = 'same' WHERE state = 'twin'`,
    down: '-- tide: incomplete reason="values of public.people (email) were overwritten"',
    breaks: ['public.people.email: rows that get the same email'],
  },
  {
    kind: 'zero-before-division',
    title: 'a column by which an UPDATE divides',
    setup: people,
    up: 'UPDATE people SET town = NULL; UPDATE people SET age = 1000 / age WHERE name IS NOT NULL;',
    down: '-- tide: incomplete reason="values of public.people (town, age) were overwritten"',
    breaks: ['public.people.age: rows with 0'],
  },
]
