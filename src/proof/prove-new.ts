import type { Migration } from '../history/read-history.ts'
import type { Catalog } from '../postgres/catalog/catalog.ts'
import { readCatalog } from '../postgres/catalog/read-catalog.ts'
import { connect, type Connection } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import type { Rehearsal, Rehearsals } from '../postgres/rehearsal/rehearsals.ts'
import type { Proof } from './proof.ts'
import { proveMigration, usualRows } from './prove-migration.ts'
import { writeProofFile } from './record/proof-files.ts'
import { proofInputs } from './record/proof-inputs.ts'
import { renderProof } from './record/proof-text.ts'

/** A migration that was just written. */
export interface NewMigrationProof {
  /** With the new migration as the last. */
  readonly history: readonly Migration[]
  readonly rehearsals: Pick<Rehearsals, 'copy'>
  /** A session in a database that stands before it and is left as it is found, where there is one. */
  readonly standing: StandingPlace | undefined
  /** A fresh rehearsal that stands before it. */
  readonly rehearse: () => Promise<Rehearsal>
  /** What runs in an empty rehearsal before the first migration. */
  readonly setup?: string
}

/** A database as a session sees it. */
interface StandingPlace {
  readonly connection: Connection
  readonly url: DatabaseUrl
  readonly catalog: Catalog
}

/** A proof, and where it was written. */
export interface WrittenProof {
  readonly proof: Proof
  readonly file: string
}

/** Proves the last migration of a history and writes the proof beside it. */
export async function proveNew(input: NewMigrationProof): Promise<WrittenProof | undefined> {
  const migration = input.history.at(-1)
  const inputs = proofInputs(input.history, input.setup).at(-1)
  if (migration === undefined || inputs === undefined) return undefined
  const task = { migration, inputs, rows: usualRows, rehearsals: input.rehearsals }
  const proof = await onPlace(input, (place) => proveMigration(place, task))
  return { proof, file: writeProofFile(migration.directory, renderProof(proof)) }
}

type Prove = (place: Parameters<typeof proveMigration>[0]) => Promise<Proof>

async function onPlace({ standing, rehearse }: NewMigrationProof, prove: Prove): Promise<Proof> {
  if (standing !== undefined) {
    const { connection, url, catalog } = standing
    // Whoever opened it may have begun a transaction ahead.
    await connection.query('ROLLBACK')
    return prove({
      schema: url.schema,
      connection: () => Promise.resolve(connection),
      catalog: () => Promise.resolve(catalog),
      copy: rehearse,
    })
  }
  const rehearsal = await rehearse()
  const connection = await connect(rehearsal.url)
  try {
    return await prove({
      schema: rehearsal.url.schema,
      connection: () => Promise.resolve(connection),
      catalog: () => readCatalog(connection, { again: true }),
      copy: rehearse,
    })
  } finally {
    await connection.end()
    await rehearsal.drop()
  }
}
