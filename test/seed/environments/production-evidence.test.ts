import { expect, it } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import { parseDatabaseUrl } from '../../../src/postgres/database-url.ts'
import { builtInContracts } from '../../../src/seed/environments/built-in.ts'
import { checkStanding, checkTruncate } from '../../../src/seed/environments/check-standing.ts'
import type { Environment } from '../../../src/seed/environments/environment.ts'
import { writeMarker } from '../../../src/seed/environments/marker.ts'
import { findEvidence, readStanding } from '../../../src/seed/environments/production-evidence.ts'
import { createTestDatabase } from '../../support/database.ts'
import { failureOf } from '../../support/failure.ts'

const nothing = { bytes: 8e6, replicas: 0, hosterRoles: [] }

it.each([
  ['postgresql://u@localhost/shop', nothing, []],
  ['postgresql://u@127.0.0.1:5433/products_delivery', nothing, []],
  ['postgresql://u@[::1]/shop', nothing, []],
  ['postgresql://u@localhost/shop_prod', nothing, ['Its name, shop_prod']],
  ['postgresql://u@localhost/live', nothing, ['Its name, live']],
  ['postgresql://u@prod-db.example/shop', nothing, ['is named as production is', 'is another machine']],
  ['postgresql://u@10.0.0.7/shop', nothing, ['Its host, 10.0.0.7, is another machine']],
  ['postgresql://u@localhost/shop', { ...nothing, bytes: 12.4e9 }, ['It holds 12 GB.']],
  ['postgresql://u@localhost/shop', { ...nothing, replicas: 2 }, ['2 replicas follow its server.']],
  ['postgresql://u@localhost/shop', { ...nothing, hosterRoles: ['rds_superuser'] }, ['rds_superuser']],
])('%s with %j: %j', (url, measures, expected) => {
  const evidence = findEvidence(parseDatabaseUrl(url, 'the test'), measures)
  expect(evidence).toHaveLength(expected.length)
  for (const [index, part] of expected.entries()) expect(evidence[index]).toContain(part)
})

it('lets a mark outweigh everything, in both directions', async () => {
  const database = await createTestDatabase('live')
  await withConnection(database, async (connection) => {
    const unmarked = await readStanding(connection, database, false)
    expect(unmarked.evidence).toEqual([expect.stringContaining(database.database)])
    expect((await readStanding(connection, database, true)).evidence).toEqual([])
    await writeMarker(connection, 'qa')
    expect(await readStanding(connection, database, false)).toEqual({ marker: 'qa', evidence: [] })
    await writeMarker(connection, 'production')
    const { evidence } = await readStanding(connection, database, true)
    expect(evidence).toEqual(['It is marked as production, in tide.environment.'])
  })
})

it('refuses what does not fit, and names the way out', async () => {
  const url = parseDatabaseUrl('postgresql://u@db.example/shop', 'the test')
  const strange = { marker: undefined, evidence: ['A.', 'B.'] }
  const production = await failureOf(() => { checkStanding(environment('dev'), url, strange) })
  expect([production.code, production.details.why]).toEqual(['SEED_PRODUCTION', 'A.\nB.'])
  expect(production.details.fix).toContain('tide seed dev --mark --confirm shop')
  const other = await failureOf(() => { checkStanding(environment('dev'), url, { marker: 'qa', evidence: [] }) })
  expect(other.code).toBe('SEED_ENVIRONMENT_MISMATCH')
  const marked = await failureOf(() => { checkStanding(environment('dev'), url, { marker: 'production', evidence: ['x'] }) })
  expect(marked.code).toBe('SEED_PRODUCTION')
  expect(() => { checkStanding(environment('production'), url, strange) }).not.toThrow()
  expect(() => { checkStanding(environment('dev'), url, { marker: 'dev', evidence: [] }) }).not.toThrow()
})

it('empties tables only where that is allowed and confirmed', async () => {
  const url = parseDatabaseUrl('postgresql://u@localhost/shop', 'the test')
  const codes = await Promise.all(
    [
      () => { checkTruncate(environment('staging'), url, true, undefined) },
      () => { checkTruncate(environment('production'), url, false, 'shop') },
      () => { checkTruncate(environment('dev'), url, false, undefined) },
      () => { checkTruncate(environment('dev'), url, false, 'shopp') },
    ].map(async (run) => (await failureOf(run)).code),
  )
  expect(codes).toEqual([
    'SEED_TRUNCATE_REFUSED',
    'SEED_TRUNCATE_REFUSED',
    'SEED_TRUNCATE_UNCONFIRMED',
    'SEED_TRUNCATE_UNCONFIRMED',
  ])
  expect(() => { checkTruncate(environment('dev'), url, false, 'shop') }).not.toThrow()
  expect(() => { checkTruncate(environment('dev'), url, true, undefined) }).not.toThrow()
})

function environment(name: string): Environment {
  const contract = builtInContracts[name] ?? expect.fail(`There is no ${name}.`)
  return { ...contract, name, isProduction: name === 'production', file: undefined, fixture: 'fixtures/qa' }
}
