import { describe, expect, it, onTestFinished } from 'vitest'
import { type Connection, connect } from '../../../src/postgres/connect.ts'
import { type ColumnReference, readDependents } from '../../../src/postgres/dependents/dependents.ts'
import { readCatalog } from '../../../src/postgres/catalog/read-catalog.ts'
import { compareCatalogs } from '../../../src/postgres/catalog/compare-catalogs.ts'
import { quoteIdentifier, quoteQualified } from '../../../src/postgres/quote.ts'
import { createTestDatabase } from '../../support/database.ts'

describe('readDependents', () => {
  it('finds nothing where nothing hangs on a column, and asks nothing where there is no column', async () => {
    const connection = await database('CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT b FROM t')
    expect(await readDependents(connection, [column('t', 'a')])).toEqual([])
    expect(await readDependents(connection, [column('missing', 'a'), column('t', 'missing')])).toEqual([])
    expect(await readDependents(connection, [])).toEqual([])
  })

  it('orders views so that each comes after those it reads, also where it reads two of them', async () => {
    const connection = await database(`
      CREATE TABLE t (a int, b int);
      CREATE VIEW z AS SELECT a FROM t;
      CREATE VIEW y AS SELECT a FROM z;
      CREATE VIEW x AS SELECT y.a FROM y JOIN z ON z.a = y.a JOIN t ON t.a = y.a;
      CREATE VIEW other AS SELECT b FROM t`)
    const found = await readDependents(connection, [column('t', 'a')])
    expect(found.map(({ name, kind, drop }) => [kind, name, drop])).toEqual([
      ['view', 'z', 'DROP VIEW z'],
      ['view', 'y', 'DROP VIEW y'],
      ['view', 'x', 'DROP VIEW x'],
    ])
    expect(found.map((object) => object.column)).toEqual(['t.a', 't.a', 't.a'])
    await recreate(connection, [column('t', 'a')])
  })

  it('brings a view back with its options, comments, grants, triggers and rules', async () => {
    const connection = await database(`
      CREATE TABLE t (id int, a int);
      CREATE VIEW v WITH (security_barrier = true, check_option = local) AS SELECT id, a FROM t WHERE a > 0;
      COMMENT ON VIEW v IS 'it''s a view';
      COMMENT ON COLUMN v.a IS 'a \\ b';
      GRANT SELECT ON v TO PUBLIC;
      GRANT UPDATE (a), INSERT ON v TO pg_monitor WITH GRANT OPTION;
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
      CREATE TRIGGER instead INSTEAD OF UPDATE ON v FOR EACH ROW EXECUTE FUNCTION f();
      CREATE RULE nothing AS ON DELETE TO v DO INSTEAD NOTHING`)
    const [view] = await readDependents(connection, [column('t', 'a')])
    expect(view?.create.slice(1)).toEqual([
      'CREATE TRIGGER instead INSTEAD OF UPDATE ON v FOR EACH ROW EXECUTE FUNCTION f()',
      expect.stringMatching(/^CREATE RULE nothing AS\s+ON DELETE TO v DO INSTEAD NOTHING$/),
      "COMMENT ON VIEW v IS 'it''s a view'",
      "COMMENT ON COLUMN v.a IS E'a \\\\ b'",
      'GRANT SELECT ON v TO PUBLIC',
      'GRANT UPDATE (a) ON v TO pg_monitor WITH GRANT OPTION',
      'GRANT INSERT ON v TO pg_monitor WITH GRANT OPTION',
    ])
    await recreate(connection, [column('t', 'a')])
  })

  it('brings a materialised view back with its indexes, filled or not', async () => {
    const connection = await database(`
      CREATE TABLE t (id int, a int);
      INSERT INTO t VALUES (1, 2);
      CREATE MATERIALIZED VIEW filled AS SELECT id, a FROM t;
      CREATE UNIQUE INDEX filled_id ON filled (id);
      CREATE INDEX filled_big ON filled (lower(a::text)) WHERE a > 1;
      COMMENT ON MATERIALIZED VIEW filled IS 'kept';
      CREATE MATERIALIZED VIEW empty AS SELECT a FROM filled WITH NO DATA`)
    await recreate(connection, [column('t', 'a')])
    expect((await connection.query('SELECT * FROM filled')).rows).toEqual([{ id: 1, a: 2 }])
    await expect(connection.query('SELECT * FROM empty')).rejects.toThrow('has not been populated')
  })

  it('brings policies, triggers and rules of the table back with comments and state', async () => {
    const connection = await database(`
      CREATE TABLE t (id int, a int);
      CREATE TABLE log (a int);
      ALTER TABLE t ENABLE ROW LEVEL SECURITY;
      CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO pg_monitor, PUBLIC USING (a > 0) WITH CHECK (a < 9);
      COMMENT ON POLICY p ON t IS 'why';
      CREATE POLICY untouched ON t USING (id > 0);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
      CREATE TRIGGER of_a AFTER UPDATE OF a ON t FOR EACH ROW WHEN (OLD.a IS DISTINCT FROM NEW.a) EXECUTE FUNCTION f();
      ALTER TABLE t DISABLE TRIGGER of_a;
      COMMENT ON TRIGGER of_a ON t IS 'off';
      CREATE TRIGGER any_row BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
      CREATE RULE copied AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.a)`)
    const found = await readDependents(connection, [column('t', 'a')])
    expect(found.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['rule copied on t', 'policy p on t', 'trigger of_a on t'])
    expect(found[1]?.create).toEqual([
      'CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO PUBLIC USING ((a > 0)) WITH CHECK ((a < 9))',
      "COMMENT ON POLICY p ON t IS 'why'",
    ])
    expect(found[2]?.create.slice(1)).toEqual(['ALTER TABLE t DISABLE TRIGGER of_a', "COMMENT ON TRIGGER of_a ON t IS 'off'"])
    await recreate(connection, [column('t', 'a')])
  })

  it('names generated columns, stored or virtual, and has no statements for them', async () => {
    const connection = await database(`
      CREATE TABLE t (a int, stored int GENERATED ALWAYS AS (a * 2) STORED, "Virtual" int GENERATED ALWAYS AS (a * 3) VIRTUAL)`)
    expect(await readDependents(connection, [column('t', 'a')])).toEqual([
      { kind: 'generated column', name: 't."Virtual"', column: 't.a', drop: '', create: [] },
      { kind: 'generated column', name: 't.stored', column: 't.a', drop: '', create: [] },
    ])
  })

  it('works across schemas and with names that need quotes', async () => {
    const names = ['Capital', 'with space', 'quo"te', 'do.t', 'emoji 🐘', 'select', "apo'strophe", 'back\\slash']
    const connection = await database(
      'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
    )
    for (const name of names) {
      const table = quoteQualified(`${name} schema`, name)
      const quoted = quoteIdentifier(name)
      await connection.query(`
        CREATE SCHEMA ${quoteIdentifier(`${name} schema`)};
        CREATE TABLE ${table} (id int, ${quoted} int);
        CREATE VIEW ${quoteIdentifier(`${name} view`)} AS SELECT ${quoted} FROM ${table};
        COMMENT ON COLUMN ${quoteIdentifier(`${name} view`)}.${quoted} IS 'c';
        CREATE MATERIALIZED VIEW ${quoteQualified(`${name} schema`, 'second')} AS SELECT * FROM ${quoteIdentifier(`${name} view`)};
        CREATE INDEX ${quoteIdentifier(`${name} index`)} ON ${quoteQualified(`${name} schema`, 'second')} (${quoted});
        CREATE POLICY ${quoted} ON ${table} USING (${quoted} > 0);
        CREATE TRIGGER ${quoted} BEFORE UPDATE OF ${quoted} ON ${table} FOR EACH ROW EXECUTE FUNCTION f()`)
      const wanted = [{ schema: `${name} schema`, table: name, column: name }]
      expect((await readDependents(connection, wanted)).map(({ kind }) => kind)).toEqual([
        'view',
        'materialized view',
        'policy',
        'trigger',
      ])
      await recreate(connection, wanted)
    }
  })

  it('says the owner where it is another role', async () => {
    const connection = await database('CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; ALTER VIEW v OWNER TO pg_monitor')
    const [view] = await readDependents(connection, [column('t', 'a')])
    expect(view?.create.slice(1)).toEqual(['ALTER VIEW v OWNER TO pg_monitor'])
  })
})

function column(table: string, name: string): ColumnReference {
  return { schema: 'public', table, column: name }
}

async function database(sql: string): Promise<Connection> {
  const connection = await connect(await createTestDatabase())
  onTestFinished(() => connection.end())
  await connection.query(sql)
  return connection
}

/** Drops what hangs on the columns, gives them another type and back, creates it all again: nothing is different. */
async function recreate(connection: Connection, columns: readonly ColumnReference[]): Promise<void> {
  const before = await readCatalog(connection)
  const found = await readDependents(connection, columns)
  for (const object of found.toReversed()) await connection.query(object.drop)
  for (const { schema, table, column: name } of columns) {
    const alter = `ALTER TABLE ${quoteQualified(schema, table)} ALTER COLUMN ${quoteIdentifier(name)} TYPE`
    await connection.query(`${alter} bigint; ${alter} integer`)
  }
  for (const statement of found.flatMap((object) => object.create)) await connection.query(statement)
  expect(compareCatalogs(before, await readCatalog(connection))).toEqual([])
}
