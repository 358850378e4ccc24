import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { computeRollback, type Rollback } from '../../src/author/rollback/compute-rollback.ts'
import { parseDirectives } from '../../src/history/directives.ts'
import { readIdentities } from '../../src/postgres/catalog/identities.ts'
import { readCatalog } from '../../src/postgres/catalog/read-catalog.ts'
import { type Connection, connect, withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { createRehearsals, type Rehearsal, type Rehearsals } from '../../src/postgres/rehearsal/rehearsals.ts'
import { runScript } from '../../src/postgres/statements/run-script.ts'
import type { Proof } from '../../src/proof/proof.ts'
import { proveMigration } from '../../src/proof/prove-migration.ts'
import { testServer } from './database.ts'
import { prepareQueries } from './prepare-queries.ts'

/** A migration to prove: `down` left out is none. */
export interface ProvenChange {
  /** What stands before it. */
  readonly setup?: string
  readonly up: string
  readonly down?: string
  readonly rows?: number
}

/** A database in which one change after the other is proven; its schema `public` is emptied for each. */
export interface ProofGround {
  readonly url: DatabaseUrl
  /** The session of the database, which is another one after a copy was made of it; for whatever one likes. */
  connection(): Connection
  /** The same session, for questions alone. */
  reader(): Connection
  /** Empties the schema `public` and runs a script, unless the database stands there already. */
  begin(setup: string): Promise<void>
  prove(change: ProvenChange): Promise<Proof>
  /** The rollback that Tide writes for a script which begins where `setup` leads. */
  rollbackOf(setup: string, up: string): Promise<Rollback>
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
  const open = async (): Promise<Connection> => prepareQueries(await connect(rehearsal.url))
  let connection = await open()
  /** What the database holds, where that is known. */
  let standing: string | undefined
  const begin = async (setup: string): Promise<void> => {
    if (standing === setup) return
    standing = undefined
    await connection.query(emptyDatabase)
    await runScript(connection, setup, 'setup.sql')
    standing = setup
  }
  const elsewhere = async (setup: string): Promise<Rehearsal> => {
    const other = await rehearsals.clone(undefined)
    await withConnection(other.url, (session) => runScript(session, setup, 'setup.sql'))
    return other
  }
  return {
    url: rehearsal.url,
    connection: () => {
      standing = undefined
      return connection
    },
    reader: () => connection,
    begin,
    [Symbol.asyncDispose]: async () => {
      await connection.end()
      await rehearsal.drop()
      await rehearsals.clear()
      await rehearsals[Symbol.asyncDispose]()
    },
    rollbackOf: async (setup, up) => {
      // Elsewhere, as it is asked for while what was begun here is still at work.
      const start = (): Promise<Rehearsal> => elsewhere(setup)
      const standingPlace = async () => {
        await begin(setup)
        // A sequence that gave numbers does not take them back.
        if (/\b(?:insert|nextval|serial|generated)\b/i.test(up)) standing = undefined
        await connection.query('BEGIN')
        const identities = await readIdentities(connection)
        return { connection, url: rehearsal.url, identities, catalog: await readCatalog(connection, { again: true }) }
      }
      const migration = { sql: up, file: 'migration.sql', migration: '20261122101500_change' }
      return computeRollback({ start, standing: standingPlace, up: migration })
    },
    prove: async (change) => {
      await begin(change.setup ?? '')
      const copy = async (): Promise<Rehearsal> => {
        await connection.end()
        const made = await rehearsals.copy(rehearsal)
        connection = await open()
        return made
      }
      return proveChange({ rehearsals, connection: () => connection, copy }, change)
    },
  }
}

/**
 * Tables and enums go one by one: a new schema would make PostgreSQL plan every query of the session anew. Where there
 * is anything else, all schemas go.
 */
const emptyDatabase = `DO $$ DECLARE
  home oid := to_regnamespace('public');
  gone text;
BEGIN
  IF EXISTS (SELECT FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$' AND oid IS DISTINCT FROM home)
    OR NOT EXISTS (SELECT FROM pg_namespace WHERE oid = home AND nspowner = 'pg_database_owner'::regrole
      AND nspacl = '{pg_database_owner=UC/pg_database_owner,=U/pg_database_owner}'
      AND obj_description(oid, 'pg_namespace') = 'standard public schema')
    OR EXISTS (SELECT FROM pg_depend d
      LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid AND c.relkind IN ('r', 'S')
      LEFT JOIN pg_type t ON d.classid = 'pg_type'::regclass AND t.oid = d.objid AND t.typtype = 'e'
      WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = home AND c.oid IS NULL AND t.oid IS NULL)
  THEN
    FOR gone IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$' LOOP
      EXECUTE format('DROP SCHEMA %I CASCADE', gone);
    END LOOP;
    CREATE SCHEMA public AUTHORIZATION pg_database_owner;
    GRANT USAGE ON SCHEMA public TO PUBLIC;
    COMMENT ON SCHEMA public IS 'standard public schema';
    RETURN;
  END IF;
  SELECT string_agg(oid::regclass::text, ', ') INTO gone FROM pg_class WHERE relnamespace = home AND relkind = 'r';
  EXECUTE coalesce('DROP TABLE ' || gone || ' CASCADE', '');
  SELECT string_agg(oid::regtype::text, ', ') INTO gone FROM pg_type WHERE typnamespace = home AND typtype = 'e';
  EXECUTE coalesce('DROP TYPE ' || gone || ' CASCADE', '');
  SELECT string_agg(oid::regclass::text, ', ') INTO gone FROM pg_class WHERE relnamespace = home AND relkind = 'S';
  EXECUTE coalesce('DROP SEQUENCE ' || gone || ' CASCADE', '');
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
