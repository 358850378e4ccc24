/** Tables whose rows are hard to put back: every kind of column, key, foreign key, trigger and partition. */
export const hardTables = `
  CREATE TYPE mood AS ENUM ('sad', 'it''s "ok", \\\\', 'ÜBER');
  CREATE TYPE pair AS (a int, b text);
  CREATE DOMAIN percent AS numeric(5,2) CHECK (VALUE BETWEEN 0 AND 100);
  CREATE TABLE every_type (
    id uuid PRIMARY KEY, note text, amount numeric, exact numeric(38,10), big bigint, small smallint, flag boolean,
    single real, twice double precision, raw bytea, doc json, docb jsonb, moment timestamptz, local timestamp(3),
    day date, clock time, zoned timetz, span interval, tags text[], matrix int[], feelings mood[], feeling mood,
    both_ pair, pairs pair[], share percent, code char(5), short varchar(10), bits bit(3), varbits varbit, ip inet,
    net cidr, mac macaddr, place point, shape polygon, cost money, range_ int4range, ranges nummultirange,
    words tsvector, search tsquery, markup xml, object regclass, kind "char", name_ name, position_ pg_lsn,
    length int GENERATED ALWAYS AS (length(note)) STORED);
  INSERT INTO every_type VALUES
    ('00000000-0000-4000-8000-000000000001', E'line\\n"quote", (paren) \\\\ back, ''tick'' \\t {brace} NULL ü 😀',
      'NaN', '12345678901234567890.0123456789', 9223372036854775807, -32768, true, 'Infinity', '-0', '\\x00ff5c22',
      '{"b": 1.00,   "a": "\\\\u00fc"}', '{"b": 1.00, "a": null}', 'infinity', '0044-03-15 12:00:00.123 BC', '-infinity',
      '24:00:00', '12:00:00.5+05:30', '1 year -2 mons +3 days -04:05:06.789', '{"a,b","c\\"d",NULL,"NULL",""}',
      '[2:3][0:1]={{1,2},{3,NULL}}', ARRAY['it''s "ok", \\\\', NULL]::mood[], 'it''s "ok", \\\\', ROW(1, E'x"y,\\n'),
      ARRAY[ROW(1, NULL), ROW(NULL, '')]::pair[], 99.90, 'ab', 'cd ', B'101', B'', '10.0.0.1/24', '10.0.0.0/8',
      '08:00:2b:01:02:03', '(1.1,-0)', '((0,0),(1,1),(1,0))', '-$1,234.50', '[1,5)', '{[1,2),[3,)}',
      'a fat cat', 'fat & !cat', '<a b="c">&amp;</a>', 'pg_class', 'x', 'Name', '16/B374D848'),
    ('00000000-0000-4000-8000-000000000002', '', '-0.000', 0, 0, 0, false, 1e-45, 5e-324, '', 'null', 'null',
      '-infinity', 'infinity', '0001-01-01 BC', '00:00', '00:00+00', '0', '{}', '{}', '{}', 'ÜBER', ROW(NULL, NULL),
      '{}', 0, '', '', B'000', NULL, '::1', '::/0', 'ff:ff:ff:ff:ff:ff', '(NaN,Infinity)', '((0,0))', 0, 'empty', '{}',
      '', '', '', '0', '', '', '0/0');
  INSERT INTO every_type (id) VALUES ('00000000-0000-4000-8000-000000000003');

  CREATE TABLE parent (id int PRIMARY KEY, name text UNIQUE, deputy int);
  CREATE TABLE child (id int PRIMARY KEY, parent_id int REFERENCES parent ON DELETE CASCADE ON UPDATE CASCADE);
  CREATE TABLE grandchild (child_id int REFERENCES child ON DELETE SET NULL ON UPDATE CASCADE, n int,
    PRIMARY KEY (n));
  ALTER TABLE parent ADD FOREIGN KEY (deputy) REFERENCES parent ON DELETE SET DEFAULT ON UPDATE CASCADE;
  INSERT INTO parent SELECT i, 'p' || i, NULL FROM generate_series(1, 6) i;
  UPDATE parent SET deputy = 1 + id % 6;
  INSERT INTO child SELECT i, 1 + i % 6 FROM generate_series(1, 20) i;
  INSERT INTO grandchild SELECT 1 + i % 20, i FROM generate_series(1, 40) i;

  CREATE TABLE touched (id int PRIMARY KEY, name text, updated_at timestamptz DEFAULT now(), version int DEFAULT 0);
  CREATE TABLE audit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, was touched, at timestamptz DEFAULT clock_timestamp());
  CREATE TABLE counters (name text PRIMARY KEY, n bigint);
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.updated_at := clock_timestamp(); NEW.version := OLD.version + 1; RETURN NEW; END $$;
  CREATE FUNCTION log_touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO audit (was) VALUES (OLD); UPDATE counters SET n = n + 1; RETURN NULL; END $$;
  CREATE TRIGGER touch BEFORE UPDATE ON touched FOR EACH ROW EXECUTE FUNCTION touch();
  CREATE TRIGGER log AFTER UPDATE OR DELETE ON touched FOR EACH ROW EXECUTE FUNCTION log_touched();
  INSERT INTO touched SELECT i, 'n' || i FROM generate_series(1, 5) i;
  INSERT INTO counters VALUES ('touched', 0);

  CREATE TABLE swaps (id int PRIMARY KEY, code int UNIQUE);
  INSERT INTO swaps VALUES (1, 1), (2, 2), (3, 3);
  CREATE TABLE lazy (id int PRIMARY KEY, code int UNIQUE DEFERRABLE INITIALLY DEFERRED);
  INSERT INTO lazy VALUES (1, 1), (2, 2), (3, 3);
  CREATE FUNCTION shift(int4range, int) RETURNS int4range LANGUAGE sql IMMUTABLE AS
    'SELECT int4range(lower($1) + $2, upper($1) + $2)';
  CREATE OPERATOR + (LEFTARG = int4range, RIGHTARG = int, FUNCTION = shift);
  CREATE TABLE bookings (id int PRIMARY KEY, room int, during int4range, EXCLUDE USING gist (during WITH &&));
  INSERT INTO bookings VALUES (1, 1, '[0,5)'), (2, 2, '[50,55)'), (3, 1, '[20,25)');

  CREATE TABLE tree (id int PRIMARY KEY, parent int REFERENCES tree, name text);
  INSERT INTO tree SELECT i, nullif(i / 2, 0), 't' FROM generate_series(1, 15) i;
  CREATE TABLE circle_a (id int PRIMARY KEY, b int);
  CREATE TABLE circle_b (id int PRIMARY KEY, a int REFERENCES circle_a DEFERRABLE);
  ALTER TABLE circle_a ADD FOREIGN KEY (b) REFERENCES circle_b DEFERRABLE;
  BEGIN; SET CONSTRAINTS ALL DEFERRED; INSERT INTO circle_a VALUES (1, 1); INSERT INTO circle_b VALUES (1, 1); COMMIT;

  CREATE TABLE parted (id int, region int, v text, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
  CREATE TABLE parted_0 (v text, region int NOT NULL, dropped int, id int NOT NULL);
  ALTER TABLE parted_0 DROP COLUMN dropped;
  ALTER TABLE parted ATTACH PARTITION parted_0 FOR VALUES IN (0);
  CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
  CREATE TABLE part_child (id int PRIMARY KEY, p int, r int, FOREIGN KEY (p, r) REFERENCES parted ON UPDATE CASCADE ON DELETE CASCADE);
  INSERT INTO parted SELECT i, i % 2, 'v' || i FROM generate_series(1, 10) i;
  INSERT INTO part_child SELECT i, i, i % 2 FROM generate_series(1, 10) i;

  CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int, double int GENERATED ALWAYS AS (a * 2) STORED,
    serial_ serial UNIQUE);
  INSERT INTO numbered (a) VALUES (1), (2);
  CREATE TABLE composite (name text, at timestamptz, code char(4), n numeric(10,2), PRIMARY KEY (name, at, code));
  INSERT INTO composite VALUES ('', 'infinity', 'a', 1), ('x,"y"\\z', '2020-02-29 23:59:59.999999+05', 'b', 2.50), ('{}', 'epoch', '', 3);
  CREATE SCHEMA "Ext";
  CREATE EXTENSION citext SCHEMA "Ext";
  CREATE TABLE mails (mail "Ext".citext PRIMARY KEY, n int);
  CREATE TABLE mail_uses (id int PRIMARY KEY, mail "Ext".citext REFERENCES mails ON UPDATE CASCADE ON DELETE CASCADE);
  INSERT INTO mails VALUES ('Ada@example.com', 1), ('ben@example.com', 2);
  INSERT INTO mail_uses VALUES (1, 'ada@example.com'), (2, 'BEN@example.com');
  CREATE TABLE scaled (n numeric PRIMARY KEY, f double precision);
  INSERT INTO scaled VALUES (1.0, '-0'), (2, 'NaN');
  CREATE SCHEMA "Odd ""name"".x";
  CREATE TABLE "Odd ""name"".x"."T a'ble" ("I d" int PRIMARY KEY, "Col ""umn" text);
  INSERT INTO "Odd ""name"".x"."T a'ble" VALUES (1, 'a'), (2, NULL);
  CREATE TABLE late (id int PRIMARY KEY, n int);
  CREATE TABLE late_log (id serial PRIMARY KEY, n int);
  CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO late_log (n) VALUES (NEW.n); RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER late AFTER UPDATE ON late DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION late();
  INSERT INTO late VALUES (1, 1), (2, 2);
  CREATE VIEW late_view AS SELECT * FROM late WHERE id = 1;
  CREATE TABLE large (id int PRIMARY KEY, body text);
  ALTER TABLE large ALTER COLUMN body SET STORAGE EXTERNAL;
  INSERT INTO large SELECT i, repeat(md5(i::text), 2000) FROM generate_series(1, 12) i;
`
