import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { computeRollback, type Rollback } from '../../src/author/rollback/compute-rollback.ts'
import type { TextCache } from '../../src/author/rollback/cached-standpoint.ts'
import { parseDirectives } from '../../src/history/directives.ts'
import { readCatalog } from '../../src/postgres/catalog/read-catalog.ts'
import { type Connection, connect, withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { createRehearsals, type Rehearsal, type Rehearsals } from '../../src/postgres/rehearsal/rehearsals.ts'
import { runScript } from '../../src/postgres/statements/run-script.ts'
import type { Proof } from '../../src/proof/proof.ts'
import { proveMigration } from '../../src/proof/prove-migration.ts'
import { testServer } from './database.ts'

/** A migration to prove: `down` left out is none. */
export interface ProvenChange {
  /** What stands before it. */
  readonly setup?: string
  readonly up: string
  readonly down?: string
  readonly rows?: number
}

/** A database in which one change after the other is proven; its schema `public` is made anew for each. */
export interface ProofGround {
  readonly url: DatabaseUrl
  /** The session of the database, which is another one after a copy was made of it. */
  connection(): Connection
  /** Makes the schema `public` anew and runs a script. */
  begin(setup: string): Promise<void>
  prove(change: ProvenChange): Promise<Proof>
  /** The rollback that Tide writes for a script which begins where `setup` leads. */
  rollbackOf(setup: string, up: string): Promise<Rollback>
  /** What was read of the places where changes begin, by what leads there: most changes begin at the same one. */
  readonly texts: TextCache
}

/** The ground is dropped when the test is over. */
export async function openProofGround(): Promise<ProofGround> {
  const ground = await createProofGround(testServer())
  onTestFinished(() => ground[Symbol.asyncDispose]())
  return ground
}

/** On any server; the caller drops it. */
export async function createProofGround(server: DatabaseUrl): Promise<ProofGround & AsyncDisposable> {
  const rehearsals = createRehearsals({ server, namespace: randomBytes(16).toString('hex') })
  const rehearsal = await rehearsals.clone(undefined)
  let connection = await connect(rehearsal.url)
  const begin = async (setup: string): Promise<void> => {
    await connection.query(emptyDatabase)
    await runScript(connection, setup, 'setup.sql')
  }
  const elsewhere = async (setup: string): Promise<Rehearsal> => {
    const other = await rehearsals.clone(undefined)
    await withConnection(other.url, (session) => runScript(session, setup, 'setup.sql'))
    return other
  }
  const read = new Map<string, string>()
  const texts: TextCache = {
    get: (key) => Promise.resolve(read.get(key)),
    set: (key, text) => Promise.resolve(void read.set(key, text)),
  }
  return {
    url: rehearsal.url,
    texts,
    connection: () => connection,
    begin,
    [Symbol.asyncDispose]: async () => {
      await connection.end()
      await rehearsal.drop()
      await rehearsals.clear()
      await rehearsals[Symbol.asyncDispose]()
    },
    rollbackOf: async (setup, up) => {
      let starts = 0
      const start = async () => {
        // A second beginning is asked for while the first is still at work.
        if (starts++ > 0) return elsewhere(setup)
        await begin(setup)
        return { url: rehearsal.url, connection, drop: () => Promise.resolve() }
      }
      return computeRollback({ start, cache: { texts, key: setup }, up: { sql: up, file: 'migration.sql', migration: '20261122101500_change' } })
    },
    prove: async (change) => {
      await begin(change.setup ?? '')
      const copy = async (): Promise<Rehearsal> => {
        await connection.end()
        const made = await rehearsals.copy(rehearsal)
        connection = await connect(rehearsal.url)
        return made
      }
      return proveChange({ rehearsals, connection: () => connection, copy }, change)
    },
  }
}

/**
 * Takes back a transaction that a failure left open, and drops all that stands in a schema. The schema `public` is made
 * anew only where more was done to it than that tables, views, sequences, types and functions were put there: with each
 * change of a schema PostgreSQL plans every prepared statement again, which is most of the work of reading a catalog.
 */
const emptyDatabase = `ROLLBACK; DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT nspname FROM pg_namespace n WHERE nspname !~ '^pg_|^information_schema$' AND (nspname <> 'public'
      OR nspowner <> 'pg_database_owner'::regrole
      OR nspacl::text IS DISTINCT FROM '{pg_database_owner=UC/pg_database_owner,=U/pg_database_owner}'
      OR obj_description(oid, 'pg_namespace') IS DISTINCT FROM 'standard public schema'
      OR EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid
        AND d.classid NOT IN ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass))) LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', one.nspname);
  END LOOP;
  IF to_regnamespace('public') IS NULL THEN
    CREATE SCHEMA public AUTHORIZATION pg_database_owner;
    GRANT USAGE ON SCHEMA public TO PUBLIC;
    COMMENT ON SCHEMA public IS 'standard public schema';
  END IF;
  FOR one IN SELECT classid, objid FROM pg_depend
      WHERE refclassid = 'pg_namespace'::regclass AND refobjid = 'public'::regnamespace LOOP
    -- Gone already where it went with another: there is nothing to say then.
    EXECUTE COALESCE((SELECT format('DROP %s %s CASCADE', replace(type, 'composite type', 'type'), identity)
      FROM pg_identify_object(one.classid, one.objid, 0) WHERE identity IS NOT NULL), '');
  END LOOP;
END $$`

interface Standing {
  readonly rehearsals: Rehearsals
  readonly connection: () => Connection
  readonly copy: () => Promise<Rehearsal>
}

async function proveChange({ rehearsals, connection, copy }: Standing, change: ProvenChange): Promise<Proof> {
  const { up, down, rows = 5 } = change
  const place = {
    schema: 'public',
    connection: () => Promise.resolve(connection()),
    catalog: () => readCatalog(connection(), { again: true }),
    copy,
  }
  const downDirectives = down === undefined ? [] : parseDirectives(down, 'down.sql')
  const told = { name: '1_change', directory: '', hasData: false, sql: up, downDirectives }
  const migration = { ...told, ...(down === undefined ? {} : { down }) }
  const inputs = { migration: '', down: null, data: null, history: '' }
  return proveMigration(place, { migration, inputs, rows, rehearsals })
}
