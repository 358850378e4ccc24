import { expect, it } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { setUpRehearsals } from '../../src/project/project-rehearsals.ts'
import { withSchema } from '../../src/project/with-schema.ts'
import { createRehearsals } from '../../src/postgres/rehearsal/rehearsals.ts'
import { testServer } from '../support/database.ts'
import { failureOf } from '../support/failure.ts'
import { createTestRehearsals } from '../support/rehearsals.ts'

const ground = { version: '18', schema: 'public', setup: undefined }

it('gives an empty database with the setup in it, which runs once', async () => {
  const plain = createTestRehearsals()
  const rehearsals = setUpRehearsals({ ...ground, rehearsals: plain, setup: 'CREATE SCHEMA auth;\nCREATE TABLE auth.a ();' })
  for (let round = 0; round < 2; round++) {
    await using rehearsal = await rehearsals.clone(undefined)
    await withConnection(rehearsal.url, (connection) => connection.query('SELECT * FROM auth.a'))
  }
  expect(await plain.has(rehearsals.salt)).toBe(true)
})

it('leaves rehearsals without a setup as they are', async () => {
  const plain = createTestRehearsals()
  const rehearsals = setUpRehearsals({ ...ground, rehearsals: plain })
  await (await rehearsals.clone(undefined)).drop()
  expect(await plain.has(rehearsals.salt)).toBe(false)
})

it('puts unqualified names where the database of the project has them', async () => {
  const server = withSchema(testServer(), `an "odd' one`)
  const plain = createRehearsals({ server, namespace: 'f'.repeat(32) })
  await using rehearsals = setUpRehearsals({ ...ground, rehearsals: plain, schema: server.schema })
  await using rehearsal = await rehearsals.clone(undefined)
  await withConnection(rehearsal.url, async (connection) => {
    await connection.query('CREATE TABLE a ()')
    const { rows } = await connection.query(`SELECT schemaname FROM pg_tables WHERE tablename = 'a'`)
    expect(rows).toEqual([{ schemaname: `an "odd' one` }])
  })
  await rehearsals.clear()
})

it('salts the keys with everything that decides what a rehearsal holds', () => {
  const rehearsals = createTestRehearsals()
  const salts = [
    ground,
    { ...ground, version: '15' },
    { ...ground, schema: 'app' },
    { ...ground, setup: 'SELECT 1' },
  ].map((one) => setUpRehearsals({ ...one, rehearsals }).salt)
  expect(new Set(salts).size).toBe(4)
})

it('refuses a setup that does not run, and keeps nothing of it', async () => {
  const plain = createTestRehearsals()
  const rehearsals = setUpRehearsals({ ...ground, rehearsals: plain, setup: 'CREATE SCHEMA auth;\nCREATE TABEL b ();' })
  const failure = await failureOf(() => rehearsals.clone(undefined))
  expect(failure.code).toBe('PROJECT_REHEARSAL_SETUP')
  expect(failure.details.why).toContain('rehearsal.setup')
  expect(await plain.has(rehearsals.salt)).toBe(false)
})
