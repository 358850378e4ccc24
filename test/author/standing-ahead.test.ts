import { expect, test } from 'vitest'
import { openStandingAhead } from '../../src/author/standing-ahead.ts'
import { connect } from '../../src/postgres/connect.ts'
import type { StandingRehearsal } from '../../src/postgres/rehearsal/standing-rehearsal.ts'
import { createTestDatabase } from '../support/database.ts'

async function standing(): Promise<StandingRehearsal> {
  const url = await createTestDatabase()
  const connection = await connect(url)
  await connection.query('CREATE TABLE one (id int PRIMARY KEY)')
  return { connection, url, [Symbol.asyncDispose]: () => connection.end() }
}

test('hands it out in an open transaction, with what it found there', async () => {
  await using ahead = openStandingAhead(standing)
  const place = await ahead.take()
  expect(place?.identities.filter(({ kind }) => kind === 'table').map(({ name }) => name)).toEqual(['one'])
  await place?.connection.query('DROP TABLE one; ROLLBACK')
  const { rows } = (await place?.connection.query('SELECT FROM one')) ?? {}
  expect(rows).toEqual([])
})

test('closes it, also where nobody took it', async () => {
  const opened = await standing()
  await openStandingAhead(() => Promise.resolve(opened))[Symbol.asyncDispose]()
  await expect(opened.connection.query('SELECT 1')).rejects.toThrow()
})

test('gives none where it cannot be opened, is not there or is not wanted', async () => {
  const refused = openStandingAhead(() => Promise.reject(new RangeError('no room')))
  expect(await refused.take()).toBeUndefined()
  expect(await openStandingAhead(() => Promise.resolve(undefined)).take()).toBeUndefined()
  expect(await openStandingAhead(undefined).take()).toBeUndefined()
  await refused[Symbol.asyncDispose]()
})
