import { describe, expect, it } from 'vitest'
import { archivedAndRolledBack } from '../../support/archives.ts'
import { goThereAndBack } from '../../support/rollbacks.ts'

const long = 'ä'.repeat(31)

/** What the direct plan brings back. */
const direct = {
  setup: `
    CREATE SCHEMA crm; CREATE SCHEMA "Ö d.d"; CREATE TYPE crm.kind AS ENUM ('a', 'b', 'gone'); CREATE DOMAIN crm.word AS text CHECK (VALUE <> '');
    CREATE TABLE composite ("tenant" int, "No" text, a text, "b""ß 🦆" bytea, PRIMARY KEY ("No", "tenant"));
    INSERT INTO composite VALUES (1, 'x', 'one', '\\x00ff5c27'), (1, 'y', NULL, ''), (2, 'x', 'three', NULL);
    CREATE TABLE crm.composite (id int PRIMARY KEY, a text); INSERT INTO crm.composite VALUES (1, 'other');
    CREATE TABLE "Ö d.d"."${long}" ("${long}" int PRIMARY KEY, "${long.slice(1)}x" text, "became" text NOT NULL);
    INSERT INTO "Ö d.d"."${long}" VALUES (1, 'odd', 'b'), (2, NULL, 'c');
    CREATE TABLE "Ö d.d"."${long.slice(1)}y" ("${long}" int PRIMARY KEY, "${long.slice(1)}x" text);
    INSERT INTO "Ö d.d"."${long.slice(1)}y" VALUES (1, 'even');
    CREATE TABLE exact (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), n numeric, f double precision, r real, t timestamptz, d date, i interval,
      j json, jb jsonb, ts tsvector, p point, arr int[], k crm.kind, ks crm.kind[], w crm.word, c char(4), b bit(3), x xml);
    INSERT INTO exact (n, f, r, t, d, i, j, jb, ts, p, arr, k, ks, w, c, b, x) VALUES
      ('NaN', 'Infinity', 0.1, 'infinity', '-infinity', '1 mon -2 days 03:04:05.678901', '{"b" : 1, "a":2,"b":3}', '{"z":1e400}', 'a:1 b', '(1.1,-0)', '[2:3]={7,NULL}', 'gone', '{gone,a}', 'w', 'ab', B'101', '<a>ü</a>'),
      (-0.100, '-0', '-Infinity', '0044-03-15 12:00:00.123456+02 BC', '5000-01-01', '0', 'null', 'null', '', '(NaN,Infinity)', '{}', 'a', '{}', NULL, '', B'000', NULL),
      (NULL, 1e-300, 'NaN', '2026-03-29 02:30:00+01', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
      (123456789012345678901234567890.000000001, 0.1, 3.4e38, 'epoch', 'epoch', '-1 year', '[]', '{}', NULL, NULL, '{{1,2},{3,4}}', 'b', '{b,gone}', 'x''y\\z', 'x  ', B'111', NULL);
    CREATE TABLE parents (id int PRIMARY KEY, name text); INSERT INTO parents VALUES (1, 'p');
    CREATE TABLE middles (id int GENERATED ALWAYS AS IDENTITY (START WITH 7) PRIMARY KEY, up int NOT NULL REFERENCES parents ON DELETE CASCADE, self int REFERENCES middles, total int GENERATED ALWAYS AS (up * 2) STORED);
    CREATE INDEX middles_up ON middles (up) WHERE up > 0;
    INSERT INTO middles (up, self) VALUES (1, NULL), (1, 7), (1, 8); DELETE FROM middles WHERE id = 9;
    CREATE TABLE kids (id int PRIMARY KEY, mid int REFERENCES middles); INSERT INTO kids VALUES (1, 7), (2, 8), (3, NULL);
    CREATE TABLE numbered (id int PRIMARY KEY, always int GENERATED ALWAYS AS IDENTITY UNIQUE, serial serial, code int NOT NULL UNIQUE, price numeric NOT NULL, qty int NOT NULL, total numeric GENERATED ALWAYS AS (price * qty) STORED);
    INSERT INTO numbered (id, code, price, qty) VALUES (10, 5, 1.50, 2), (20, 1, 0.1, 3), (30, 2, 9, 9); UPDATE numbered SET serial = serial + 40;
    CREATE TABLE keyless (a text, b text); INSERT INTO keyless VALUES ('x', 'y'), ('x', 'y');
    CREATE TABLE by_unique (a text NOT NULL, b text, v text); CREATE UNIQUE INDEX ON by_unique (a); CREATE UNIQUE INDEX ON by_unique (b);
    INSERT INTO by_unique VALUES ('1', NULL, 'v1'), ('2', NULL, 'v2');
    CREATE TABLE moved (id bigint PRIMARY KEY, old text, keep text); INSERT INTO moved VALUES (1, 'gone', 'k');
    CREATE TABLE cast_to (id smallint PRIMARY KEY, f double precision NOT NULL, t timestamptz, s text, e crm.kind, es crm.kind[], n int, j json,
      zoned timestamptz, local timestamp, rough timestamptz, via numeric(8,2), other int);
    INSERT INTO cast_to VALUES (1, 1.7, '2026-01-01 10:00:00.123456+00', 'long text', 'gone', '{gone,b}', NULL, '{"a" :1}',
        '2026-01-01 10:00:00.123456+02', '2026-01-01 10:00:00.123456', '2026-01-01 10:00:00.123456+00', 1.25, 7), (2, 2, NULL, 'x', 'a', '{a}', 5, NULL, NULL, NULL, NULL, NULL, NULL);`,
  up: `
    ALTER TABLE composite DROP COLUMN a, DROP COLUMN "b""ß 🦆"; ALTER TABLE crm.composite DROP COLUMN a;
    ALTER TABLE "Ö d.d"."${long}" DROP COLUMN "${long.slice(1)}x"; ALTER TABLE "Ö d.d"."${long}" ALTER became TYPE text USING upper(became);
    ALTER TABLE "Ö d.d"."${long.slice(1)}y" DROP COLUMN "${long.slice(1)}x";
    ALTER TABLE exact DROP COLUMN n, DROP COLUMN f, DROP COLUMN r, DROP COLUMN t, DROP COLUMN d, DROP COLUMN i, DROP COLUMN j, DROP COLUMN jb,
      DROP COLUMN ts, DROP COLUMN p, DROP COLUMN arr, DROP COLUMN k, DROP COLUMN ks, DROP COLUMN w, DROP COLUMN c, DROP COLUMN b, DROP COLUMN x;
    ALTER TABLE kids DROP CONSTRAINT kids_mid_fkey; DROP TABLE middles;
    ALTER TABLE numbered DROP COLUMN total; ALTER TABLE numbered DROP COLUMN always, DROP COLUMN serial, DROP COLUMN code, DROP COLUMN price, DROP COLUMN qty;
    DROP TABLE keyless; ALTER TABLE by_unique DROP COLUMN v;
    ALTER TABLE moved RENAME TO "Moved On"; ALTER TABLE "Moved On" RENAME keep TO kept; ALTER TABLE "Moved On" DROP COLUMN old;
    ALTER TABLE "Moved On" RENAME id TO key; ALTER TABLE "Moved On" ALTER kept TYPE varchar(5) USING kept || '!';
    ALTER TABLE cast_to ALTER f TYPE int, ALTER t TYPE date, ALTER s TYPE varchar(4) USING left(s, 4), ALTER j TYPE jsonb;
    ALTER TABLE cast_to ALTER zoned TYPE timestamp(3) USING zoned AT TIME ZONE 'UTC', ALTER local TYPE timestamptz(3) USING local AT TIME ZONE 'UTC',
      ALTER rough TYPE timestamp(0) USING (rough AT TIME ZONE 'UTC'), ALTER via TYPE numeric(9,2) USING via::int::numeric(9,2), ALTER other TYPE bigint USING (id);
    CREATE TYPE crm.kind_new AS ENUM ('a', 'b');
    ALTER TABLE cast_to ALTER e TYPE crm.kind_new USING (CASE e::text WHEN 'gone' THEN 'a' ELSE e::text END)::crm.kind_new,
      ALTER es TYPE crm.kind_new[] USING array_replace(es::text[], 'gone', 'a')::crm.kind_new[];
    ALTER TYPE crm.kind RENAME TO kind_old; ALTER TYPE crm.kind_new RENAME TO kind; DROP TYPE crm.kind_old;
    UPDATE cast_to SET n = 0 WHERE n IS NULL; ALTER TABLE cast_to ALTER n SET NOT NULL;`,
}

/** What stands around rows: the second planner finds the way back of these. */
const surrounded = {
  setup: `
    CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated := now() + interval '1 year'; RETURN NEW; END $$;
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no writes'; END $$;
    CREATE TABLE stamped (id int PRIMARY KEY, nick text, score numeric(6,2), updated timestamptz NOT NULL DEFAULT 'epoch');
    INSERT INTO stamped VALUES (1, 'a', 1.25), (2, NULL, 2);
    CREATE TRIGGER stamp BEFORE UPDATE ON stamped FOR EACH ROW EXECUTE FUNCTION stamp();
    CREATE CONSTRAINT TRIGGER later AFTER UPDATE ON stamped DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();
    CREATE TRIGGER off BEFORE UPDATE ON stamped FOR EACH ROW EXECUTE FUNCTION refuse();
    CREATE TRIGGER always BEFORE UPDATE ON stamped FOR EACH STATEMENT EXECUTE FUNCTION refuse();
    ALTER TABLE stamped DISABLE TRIGGER off; ALTER TABLE stamped ENABLE ALWAYS TRIGGER always;
    CREATE VIEW nicks AS SELECT id, nick FROM stamped; COMMENT ON COLUMN stamped.nick IS 'what friends say';
    GRANT SELECT (nick) ON stamped TO PUBLIC; GRANT SELECT ON nicks TO PUBLIC;
    CREATE TABLE guarded (id int PRIMARY KEY, secret text); INSERT INTO guarded VALUES (1, 's'), (2, 't');
    ALTER TABLE guarded ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY none ON guarded USING (false);
    CREATE TABLE events (id int, at date, payload jsonb, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
    CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE TABLE events_2 PARTITION OF events DEFAULT PARTITION BY RANGE (at); CREATE TABLE events_3 PARTITION OF events_2 DEFAULT;
    CREATE TRIGGER own BEFORE UPDATE ON events_1 FOR EACH ROW EXECUTE FUNCTION refuse();
    INSERT INTO events VALUES (1, '2026-05-05', '{"a":1}'), (1, '2030-01-01', NULL);
    CREATE TABLE logs (id int GENERATED BY DEFAULT AS IDENTITY, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
    CREATE TABLE logs_1 PARTITION OF logs DEFAULT; INSERT INTO logs (at) VALUES ('2026-01-01'), ('2026-01-02');
    CREATE TRIGGER guard BEFORE INSERT ON logs FOR EACH ROW EXECUTE FUNCTION refuse();`,
  up: `DROP VIEW nicks; ALTER TABLE stamped DROP COLUMN nick, ALTER score TYPE numeric(6,0);
    ALTER TABLE guarded DROP COLUMN secret; ALTER TABLE events DROP COLUMN payload; DROP TABLE logs;`,
}

describe('with an archive', () => {
  it('triggers, policies and views around the rows come back as well, and change none of them', async () => {
    const { up, rollback } = await archivedAndRolledBack(surrounded.setup, surrounded.up)
    expect(rollback.incomplete).toEqual([])
    const journey = await goThereAndBack(surrounded.setup, up, rollback.sql)
    expect(journey.rows.after).toEqual(journey.rows.before)
    expect(journey.rows.before).toContainEqual(expect.stringContaining('"nick": "a"'))
    expect(journey.back).toEqual([])
    expect(journey.again).toEqual([])
  })


  it('every row and value comes back, whatever it is and whatever it is called', async () => {
    const { up, notes, rollback } = await archivedAndRolledBack(direct.setup, direct.up)
    expect(rollback.incomplete).toEqual([])
    expect(notes).toEqual([])
    const journey = await goThereAndBack(direct.setup, up, rollback.sql)
    expect(journey.rows.after).toEqual(journey.rows.before)
    expect(journey.back).toEqual([])
    expect(journey.again).toEqual([])
  })
})
