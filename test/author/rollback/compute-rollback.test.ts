import { beforeAll, describe, expect, it } from 'vitest'
import { computeRollback, type Rollback } from '../../../src/author/rollback/compute-rollback.ts'
import { compareCatalogs } from '../../../src/postgres/catalog/compare-catalogs.ts'
import { readIdentities } from '../../../src/postgres/catalog/identities.ts'
import { readCatalog } from '../../../src/postgres/catalog/read-catalog.ts'
import { testServer } from '../../support/database.ts'
import { createProofGround, type ProofGround } from '../../support/proof-place.ts'
import { databaseAt, goThereAndBack, type Journey, rollbackOf, travel } from '../../support/rollbacks.ts'
import { handwrittenChanges } from './kinds-of-handwritten.ts'
import { type KindOfChange, schemaChanges, shop } from './kinds-of-change.ts'

/** One database for all that stands in schemas: they are made anew for each change. */
let ground: ProofGround & AsyncDisposable

beforeAll(async () => {
  ground = await createProofGround(testServer())
  return () => ground[Symbol.asyncDispose]()
})

/** Computed once for all that is asked of it. */
const rollbacks = new Map<string, Promise<Rollback>>()

function ownRollback(start: string, up: string): Promise<Rollback> {
  const key = JSON.stringify([start, up])
  const known = rollbacks.get(key) ?? committedRollback(start, up)
  rollbacks.set(key, known)
  return known
}

/** In a database of which everything may be committed: its session is kept, since a new one plans every query anew. */
function committedRollback(start: string, up: string): Promise<Rollback> {
  let starts = 0
  const begin = async () => {
    // A second beginning is asked for while the first is still at work.
    if (starts++ > 0) return databaseAt(start)
    await ground.begin(start)
    const connection = ground.connection()
    const drop = async () => {
      await connection.query('ROLLBACK')
    }
    return { url: ground.url, connection, drop }
  }
  return computeRollback({ start: begin, up: migrationOf(up) })
}

function migrationOf(sql: string) {
  return { sql, file: 'migration.sql', migration: '20261122101500_change' }
}

/** Up, down, the same catalog and rows, up again: in the rehearsal, and on a database with rows. */
async function provesItself(
  { incomplete = [], up, once = false }: KindOfChange,
  rollback: Rollback,
  travels: (down: string, upAgain: string) => Promise<Journey>,
): Promise<void> {
  expect(rollback.incomplete.filter((reason) => !(once && reason.startsWith('after it')))).toEqual(incomplete)
  expect(rollback.verified).toBe(!once)
  expect(rollback.differences).toEqual([])
  const journey = await travels(rollback.sql, once ? '' : up)
  expect(journey.back).toEqual([])
  if (!once) expect(journey.again).toEqual([])
  if (incomplete.length === 0) expect(journey.rows.after).toEqual(journey.rows.before)
}

/** The same answer from a database that is left as it was found, wherever the change can be tried there. */
async function leavesNoTrace({ setup = '', up }: KindOfChange): Promise<void> {
  const start = `${shop}\n${setup}`
  const own = await ownRollback(start, up)
  await ground.begin(start)
  const connection = ground.connection()
  const before = await readCatalog(connection, { again: true })
  await connection.query('BEGIN')
  const place = { connection, url: ground.url, identities: await readIdentities(connection), catalog: before }
  const borrowed = await computeRollback({
    start: () => databaseAt(start),
    standing: () => Promise.resolve(place),
    up: migrationOf(up),
  })
  expect([borrowed.sql, borrowed.incomplete, borrowed.verified]).toEqual([own.sql, own.incomplete, own.verified])
  expect(compareCatalogs(before, await readCatalog(connection, { again: true }))).toEqual([])
}

describe('in a standing rehearsal', () => {
  it.each(schemaChanges)('$title', leavesNoTrace)
})

describe.each([
  ['what a Prisma schema can express', schemaChanges],
  ['what is written by hand', handwrittenChanges.filter(({ isOutside }) => isOutside !== true)],
])('%s', (_what, changes) => {
  it.each(changes)('$title', async (change) => {
    const start = `${shop}\n${change.setup ?? ''}`
    await provesItself(change, await ownRollback(start, change.up), async (down, upAgain) => {
      await ground.begin(start)
      return travel(ground.connection(), { up: change.up, down, upAgain })
    })
  })
})

describe('what stands in no schema', () => {
  it.each(handwrittenChanges.filter(({ isOutside }) => isOutside === true))('$title', async (change) => {
    const start = `${shop}\n${change.setup ?? ''}`
    await provesItself(change, await rollbackOf(start, change.up), (down, upAgain) =>
      goThereAndBack(start, change.up, down, upAgain),
    )
  })
})
