import type { KindOfChange } from './kinds-of-change.ts'

const touch = `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.title := NEW.title; RETURN NEW; END $$;`

/** What people write by hand, because a Prisma schema cannot express it. */
export const handwrittenChanges: readonly KindOfChange[] = [
  { title: 'a view', up: 'CREATE VIEW authors AS SELECT id, name FROM users;' },
  {
    title: 'a view replaced',
    setup: 'CREATE VIEW authors AS SELECT id FROM users;',
    up: 'CREATE OR REPLACE VIEW authors AS SELECT id, name FROM users;',
  },
  {
    title: 'a view dropped with a view on it',
    setup: 'CREATE VIEW authors AS SELECT id FROM users; CREATE VIEW more AS SELECT * FROM authors;',
    up: 'DROP VIEW more; DROP VIEW authors;',
  },
  {
    title: 'a column retyped under a view that is made again',
    setup: 'CREATE VIEW ages AS SELECT id, age FROM users;',
    up: 'DROP VIEW ages; ALTER TABLE users ALTER age TYPE bigint; CREATE VIEW ages AS SELECT id, age FROM users;',
  },
  {
    title: 'a column renamed under a view',
    setup: 'CREATE VIEW ages AS SELECT id, age FROM users;',
    up: 'ALTER TABLE users RENAME age TO years;',
  },
  { title: 'a materialized view with an index', up: 'CREATE MATERIALIZED VIEW m AS SELECT id FROM users; CREATE UNIQUE INDEX m_id ON m (id);' },
  {
    title: 'a materialized view dropped',
    setup: 'CREATE MATERIALIZED VIEW m AS SELECT id FROM users; CREATE UNIQUE INDEX m_id ON m (id);',
    up: 'DROP MATERIALIZED VIEW m;',
  },
  { title: 'a trigger and its function', up: `${touch} CREATE TRIGGER touching BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION touch();` },
  {
    title: 'a trigger dropped with its function',
    setup: `${touch} CREATE TRIGGER touching BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION touch();`,
    up: 'DROP TRIGGER touching ON posts; DROP FUNCTION touch();',
  },
  {
    title: 'a trigger switched off',
    setup: `${touch} CREATE TRIGGER touching BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION touch();`,
    up: 'ALTER TABLE posts DISABLE TRIGGER touching;',
  },
  {
    title: 'a function replaced',
    setup: `CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a';`,
    up: `CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + 1';`,
  },
  { title: 'a CHECK', up: 'ALTER TABLE posts ADD CONSTRAINT positive CHECK (views >= 0);' },
  { title: 'a CHECK dropped', setup: 'ALTER TABLE posts ADD CONSTRAINT positive CHECK (views >= 0);', up: 'ALTER TABLE posts DROP CONSTRAINT positive;' },
  { title: 'a CHECK that is not yet valid, and validated', setup: 'ALTER TABLE posts ADD CONSTRAINT positive CHECK (views >= 0) NOT VALID;', up: 'ALTER TABLE posts VALIDATE CONSTRAINT positive;' },
  { title: 'partial and expression indexes', up: 'CREATE UNIQUE INDEX one_admin ON users (role) WHERE role = \'ADMIN\'; CREATE INDEX low ON users (lower(email));' },
  { title: 'an expression index dropped', setup: 'CREATE INDEX low ON users (lower(email));', up: 'DROP INDEX low;' },
  {
    title: 'an enum value added under a partial index',
    setup: `CREATE UNIQUE INDEX one_admin ON users (role) WHERE role = 'ADMIN';`,
    up: `ALTER TYPE "Role" ADD VALUE 'BOT';`,
  },
  { title: 'row security with a policy', up: 'ALTER TABLE posts ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON posts FOR SELECT USING (author_id > 0);' },
  {
    title: 'a policy changed and row security switched off',
    setup: 'ALTER TABLE posts ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON posts FOR SELECT USING (author_id > 0);',
    up: 'ALTER POLICY own ON posts USING (author_id > 1); ALTER TABLE posts DISABLE ROW LEVEL SECURITY;',
  },
  { title: 'a domain in use', up: `CREATE DOMAIN code AS varchar(5) CHECK (VALUE <> ''); ALTER TABLE users ADD code code;` },
  { title: 'an extension in use', up: 'CREATE EXTENSION citext; ALTER TABLE users ADD nick citext;' },
  { title: 'an extension dropped', setup: 'CREATE EXTENSION pg_trgm;', up: 'DROP EXTENSION pg_trgm;' },
  { title: 'comments', up: `COMMENT ON TABLE users IS 'people; all of them'; COMMENT ON COLUMN users.name IS 'it''s optional';` },
  { title: 'a comment changed', setup: `COMMENT ON TABLE users IS 'old';`, up: `COMMENT ON TABLE users IS 'new';` },
  { title: 'a grant to everybody', up: 'GRANT SELECT, UPDATE (title) ON posts TO PUBLIC;' },
  { title: 'a grant taken back', setup: 'GRANT SELECT ON posts TO PUBLIC;', up: 'REVOKE SELECT ON posts FROM PUBLIC;' },
  { title: 'a sequence of its own', up: 'CREATE SEQUENCE invoice_no INCREMENT 10 START 1000 CACHE 5;' },
  { title: 'partitions', up: 'CREATE TABLE events (id int, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM (\'2026-01-01\') TO (\'2027-01-01\');' },
  {
    title: 'a partition dropped',
    setup: `CREATE TABLE events (id int, at date NOT NULL) PARTITION BY RANGE (at);
      CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`,
    up: 'DROP TABLE events_2026;',
    incomplete: ['rows of public.events_2026 are not kept'],
  },
  { title: 'a composite type', up: 'CREATE TYPE pair AS (a int, b text); ALTER TABLE users ADD pair pair;' },
  { title: 'a range type', up: 'CREATE TYPE temperature AS RANGE (SUBTYPE = float8); ALTER TABLE users ADD fever temperature;' },
  { title: 'a generated column', up: 'ALTER TABLE users ADD upper_name text GENERATED ALWAYS AS (upper(name)) STORED;' },
  { title: 'a generated column dropped', setup: 'ALTER TABLE users ADD upper_name text GENERATED ALWAYS AS (upper(name)) STORED;', up: 'ALTER TABLE users DROP upper_name;' },
  {
    title: 'generated columns of another expression, stored and not, under a view',
    setup: `ALTER TABLE users ADD upper_name text GENERATED ALWAYS AS (upper(name)) STORED, ADD twice int GENERATED ALWAYS AS (age * 2) VIRTUAL;
      CREATE VIEW beside AS SELECT id FROM users;`,
    up: 'ALTER TABLE users ALTER upper_name SET EXPRESSION AS (lower(name)); ALTER TABLE users DROP twice; DROP VIEW beside;',
  },
  { title: 'a rule', up: 'CREATE RULE quiet AS ON DELETE TO posts DO INSTEAD NOTHING;' },
  { title: 'an event trigger', up: `CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER guard ON sql_drop WHEN TAG IN ('DROP SEQUENCE') EXECUTE FUNCTION watch();` },
  { title: 'a publication', up: 'CREATE PUBLICATION news FOR TABLE posts;', isOutside: true },
  { title: 'an aggregate', up: 'CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int, INITCOND = \'0\');' },
  { title: 'extended statistics', up: 'CREATE STATISTICS together ON age, score FROM users;' },
  { title: 'extended statistics dropped', setup: 'CREATE STATISTICS together ON age, score FROM users;', up: 'DROP STATISTICS together;' },
  { title: 'a cast, an operator and a text search configuration', up: 'CREATE CAST ("Role" AS integer) WITH INOUT; CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq); CREATE TEXT SEARCH CONFIGURATION mine (COPY = english);' },
  {
    title: 'a table that is unlogged and one that is a partition of another',
    setup: 'CREATE TABLE logs (id int); CREATE TABLE parts (id int) PARTITION BY LIST (id); CREATE TABLE p1 (id int);',
    up: 'ALTER TABLE logs SET UNLOGGED; ALTER TABLE parts ATTACH PARTITION p1 FOR VALUES IN (1);',
  },
  {
    title: 'a partition detached, and a child that gets a parent',
    setup: `CREATE TABLE parts (id int) PARTITION BY LIST (id); CREATE TABLE "p.1" PARTITION OF parts FOR VALUES IN (1, NULL);
      CREATE TABLE parent (id int); CREATE TABLE child (id int, n int);`,
    up: 'ALTER TABLE parts DETACH PARTITION "p.1"; ALTER TABLE child INHERIT parent;',
  },
  {
    title: 'what lies in a schema moved out of it, and the schema dropped',
    setup: `CREATE SCHEMA old; CREATE TYPE old.kind AS ENUM ('a'); CREATE TABLE old.things (id serial PRIMARY KEY, kind old.kind);
      CREATE VIEW old.kinds AS SELECT kind FROM old.things;`,
    up: 'ALTER TABLE old.things SET SCHEMA public; ALTER TYPE old.kind SET SCHEMA public; ALTER VIEW old.kinds SET SCHEMA public; DROP SCHEMA old;',
  },
  {
    title: 'collations of columns',
    setup: 'ALTER TABLE users ADD a text COLLATE "C", ADD b varchar(9); CREATE INDEX on_b ON users (b);',
    up: 'ALTER TABLE users ALTER a TYPE varchar(99), ALTER b TYPE varchar(9) COLLATE "POSIX"; CREATE VIEW beside AS SELECT id FROM users',
  },
  {
    title: 'how columns and tables are stored, options in another order',
    setup: `ALTER TABLE posts SET (fillfactor = 80, autovacuum_enabled = false, toast.autovacuum_enabled = false), ALTER title SET STORAGE EXTERNAL,
      ALTER title SET STATISTICS 300, ALTER views SET (n_distinct = -0.5), ALTER title SET COMPRESSION pglz;
      CREATE INDEX by_views ON posts (views); ALTER TABLE posts CLUSTER ON by_views;`,
    up: `ALTER TABLE posts RESET (fillfactor), SET (autovacuum_enabled = true, toast.autovacuum_enabled = true), ALTER title SET STORAGE MAIN,
      ALTER title SET STATISTICS DEFAULT, ALTER views RESET (n_distinct), ALTER id SET (n_distinct = 5), ALTER title SET COMPRESSION default, SET WITHOUT CLUSTER`,
  },
  {
    title: 'options and defaults of a view, and comments on parts of things',
    setup: `CREATE VIEW authors WITH (security_barrier) AS SELECT id, name FROM users WHERE id > 0 WITH CHECK OPTION; ALTER VIEW authors ALTER name SET DEFAULT 'x';
      CREATE TYPE pair AS (a int, b text); CREATE STATISTICS together ON age, score FROM users; COMMENT ON COLUMN pair.b IS 'old';`,
    up: `CREATE OR REPLACE VIEW authors AS SELECT id, name, 1 AS one FROM users; ALTER VIEW authors ALTER id SET DEFAULT 3; ALTER VIEW authors ALTER name DROP DEFAULT;
      COMMENT ON COLUMN pair.a IS 'it''s new'; COMMENT ON COLUMN pair.b IS NULL; COMMENT ON STATISTICS together IS 's'; COMMENT ON COLUMN authors.id IS 'i'`,
  },
  {
    title: 'privileges on a column beside those on its table',
    setup: 'GRANT SELECT (title), UPDATE (views) ON posts TO PUBLIC;',
    up: 'GRANT TRUNCATE ON posts TO PUBLIC; REVOKE SELECT (title) ON posts FROM PUBLIC;',
  },
  { title: 'a domain that takes no NULL dropped', setup: `CREATE DOMAIN code AS text NOT NULL CHECK (VALUE <> '');`, up: 'DROP DOMAIN code;' },
  {
    title: 'an attribute of a composite type dropped',
    setup: 'CREATE TYPE pair AS (a int, b text); ALTER TABLE users ADD pairs pair[];',
    up: 'ALTER TYPE pair DROP ATTRIBUTE b CASCADE;',
    incomplete: ['values of public.pair.b are not kept'],
  },
  {
    title: 'keys of another type, with what points at them',
    setup: 'CREATE TABLE shops (id int PRIMARY KEY); CREATE TABLE desks (id int PRIMARY KEY, shop int NOT NULL REFERENCES shops); INSERT INTO shops VALUES (1); INSERT INTO desks VALUES (2, 1);',
    up: `ALTER TABLE desks DROP CONSTRAINT desks_shop_fkey, DROP shop; ALTER TABLE shops DROP id, ADD id uuid PRIMARY KEY DEFAULT gen_random_uuid();
      ALTER TABLE desks ADD shop uuid REFERENCES shops; UPDATE desks SET shop = (SELECT id FROM shops LIMIT 1); ALTER TABLE desks ALTER shop SET NOT NULL`,
    incomplete: ['values of public.desks.shop are not kept', 'values of public.shops.id are not kept'],
  },
  { title: 'storage options', up: 'ALTER TABLE posts SET (fillfactor = 70);' },
  { title: 'a DO block that only changes structure', up: `DO $$ BEGIN ALTER TABLE posts ADD COLUMN extra text; EXCEPTION WHEN duplicate_column THEN NULL; END $$;` },
]
