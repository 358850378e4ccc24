import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { parseDirectives } from '../../src/history/directives.ts'
import { readCatalog } from '../../src/postgres/catalog/read-catalog.ts'
import { type Connection, connect } from '../../src/postgres/connect.ts'
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
  prove(change: ProvenChange): Promise<Proof>
}

/** The ground is dropped when the test is over. */
export async function openProofGround(): Promise<ProofGround> {
  const rehearsals = createRehearsals({ server: testServer(), namespace: randomBytes(16).toString('hex') })
  const rehearsal = await rehearsals.clone(undefined)
  let connection = await connect(rehearsal.url)
  onTestFinished(async () => {
    await connection.end()
    await rehearsal.drop()
    await rehearsals.clear()
    await rehearsals[Symbol.asyncDispose]()
  })
  const reconnect = async (): Promise<void> => {
    await connection.end()
    connection = await connect(rehearsal.url)
  }
  return {
    prove: async (change) => {
      await connection.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
      await runScript(connection, change.setup ?? '', 'setup.sql')
      const copy = async (): Promise<Rehearsal> => {
        await connection.end()
        const made = await rehearsals.copy(rehearsal)
        connection = await connect(rehearsal.url)
        return made
      }
      const proof = await proveChange({ rehearsals, connection: () => connection, copy }, change)
      // A session that prepared statements keeps plans of tables that are gone.
      await reconnect()
      return proof
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
    catalog: () => readCatalog(connection()),
    copy,
  }
  const downDirectives = down === undefined ? [] : parseDirectives(down, 'down.sql')
  const migration = { name: '1_change', directory: '', sql: up, downDirectives, ...(down === undefined ? {} : { down }) }
  const inputs = { migration: '', down: null, data: null, history: '' }
  return proveMigration(place, { migration, inputs, rows, rehearsals })
}
