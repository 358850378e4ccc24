import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { computeRollback, type Rollback } from '../../src/author/rollback/compute-rollback.ts'
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
    await connection.query(`DO $$ DECLARE one name; BEGIN
      FOR one IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$' LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', one); END LOOP; END $$;
      CREATE SCHEMA public AUTHORIZATION pg_database_owner; GRANT USAGE ON SCHEMA public TO PUBLIC;
      COMMENT ON SCHEMA public IS 'standard public schema'`)
    await runScript(connection, setup, 'setup.sql')
  }
  const elsewhere = async (setup: string): Promise<Rehearsal> => {
    const other = await rehearsals.clone(undefined)
    await withConnection(other.url, (session) => runScript(session, setup, 'setup.sql'))
    return other
  }
  return {
    url: rehearsal.url,
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
        return { url: rehearsal.url, drop: () => Promise.resolve() }
      }
      return computeRollback({ start, up: { sql: up, file: 'migration.sql', migration: '20261122101500_change' } })
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
