import { describe, expect, it } from 'vitest'
import { computeRollback } from '../../../src/author/rollback/compute-rollback.ts'
import { compareCatalogs } from '../../../src/postgres/catalog/compare-catalogs.ts'
import { readIdentities } from '../../../src/postgres/catalog/identities.ts'
import { readCatalog } from '../../../src/postgres/catalog/read-catalog.ts'
import { withConnection } from '../../../src/postgres/connect.ts'
import { databaseAt, goThereAndBack, rollbackOf } from '../../support/rollbacks.ts'
import { handwrittenChanges } from './kinds-of-handwritten.ts'
import { type KindOfChange, schemaChanges, shop } from './kinds-of-change.ts'

/** Computed once for all that is asked of it. */
const rollbacks = new Map<string, ReturnType<typeof rollbackOf>>()

function ownRollback(start: string, up: string): ReturnType<typeof rollbackOf> {
  const key = JSON.stringify([start, up])
  const known = rollbacks.get(key) ?? rollbackOf(start, up)
  rollbacks.set(key, known)
  return known
}

/** Up, down, the same catalog and rows, up again: in the rehearsal, and on a database with rows. */
async function provesItself({ setup = '', up, incomplete = [], once = false }: KindOfChange): Promise<void> {
  const start = `${shop}\n${setup}`
  const rollback = await ownRollback(start, up)
  expect(rollback.incomplete.filter((reason) => !(once && reason.startsWith('after it')))).toEqual(incomplete)
  expect(rollback.verified).toBe(!once)
  expect(rollback.differences).toEqual([])
  const journey = await goThereAndBack(start, up, rollback.sql, once ? '' : up)
  expect(journey.back).toEqual([])
  if (!once) expect(journey.again).toEqual([])
  if (incomplete.length === 0) expect(journey.rows.after).toEqual(journey.rows.before)
}

/** The same answer from a database that is left as it was found, wherever the change can be tried there. */
async function leavesNoTrace({ setup = '', up }: KindOfChange): Promise<void> {
  const start = `${shop}\n${setup}`
  const { url } = await databaseAt(start)
  await withConnection(url, async (connection) => {
    const before = await readCatalog(connection, { again: true })
    await connection.query('BEGIN')
    const place = { connection, url, identities: await readIdentities(connection), catalog: before }
    const borrowed = await computeRollback({
      start: () => databaseAt(start),
      standing: () => Promise.resolve(place),
      up: { sql: up, file: 'migration.sql', migration: '20261122101500_change' },
    })
    const own = await ownRollback(start, up)
    expect([borrowed.sql, borrowed.incomplete, borrowed.verified]).toEqual([own.sql, own.incomplete, own.verified])
    expect(compareCatalogs(before, await readCatalog(connection, { again: true }))).toEqual([])
  })
}

describe('in a standing rehearsal', () => {
  it.each(schemaChanges)('$title', leavesNoTrace)
})

describe('what a Prisma schema can express', () => {
  it.each(schemaChanges)('$title', provesItself)
})

describe('what is written by hand', () => {
  it.each(handwrittenChanges)('$title', provesItself)
})
