import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildFixture } from '../../../src/mask/fixtures/build-fixture.ts'
import { explainingSource } from '../../../src/mask/source/explain-source.ts'
import { openSource } from '../../../src/mask/source/open-source.ts'
import { withConnection } from '../../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../../src/postgres/database-url.ts'
import { openProject } from '../../../src/project/open-project.ts'
import { failureOf } from '../../support/failure.ts'
import { createFolder } from '../../support/files.ts'
import { createStandby } from '../../support/standby.ts'

const sql = `
  CREATE TABLE teams (id int PRIMARY KEY, city text);
  CREATE TABLE people (id int PRIMARY KEY, email text UNIQUE, team int REFERENCES teams);
  INSERT INTO teams SELECT n, 'town ' || n FROM generate_series(1, 20) n;
  INSERT INTO people SELECT n, 'w' || n || '@wirbel.test', n % 20 + 1 FROM generate_series(1, 400) n`
const masks = {
  'public.teams': { id: ['K', 'id'], city: ['Q', 'address'] },
  'public.people': { id: ['K', 'id'], email: ['D', 'email'], team: ['K', 'id'] },
}

test('a standby is read, counts as the database that it follows, and says so where it ends the reading', async () => {
  const fill = (url: DatabaseUrl): Promise<unknown> => withConnection(url, (connection) => connection.query(sql))
  const { primary, standby, follow } = await createStandby(fill)
  const accepted = ([piiClass, mask]: readonly string[]) => ({ class: piiClass, mask, confidence: 1, reason: '', accepted: true })
  const tables = Object.entries(masks).map(([table, columns]) => [
    table,
    Object.fromEntries(Object.entries(columns).map(([name, mask]) => [name, accepted(mask)])),
  ])
  const directory = createFolder({
    'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
    'tide.config.ts': 'export default { environments: { qa: { embedded: true } } }\n',
    'seed/classification.json': JSON.stringify({ tables: Object.fromEntries(tables) as object }),
  })
  const variables = { TIDE_MASK_KEY_QA: '00112233445566778899aabbccddeeff102132435465768798a9bacbdcedfe0f' }
  const project = await openProject({ directory, variables })
  const from = { from: standby, to: join(directory, 'fixture'), environment: 'qa', version: '0' }
  const subset = { percent: 50, filters: new Map<string, string>(), children: 100 }
  const built = await buildFixture({ project, ...from, subset })
  expect([built.gate.passed, built.manifest.rows]).toEqual([true, 220])

  await using source = await openSource(standby)
  await using same = await openSource(primary)
  expect(source.identity).toBe(same.identity)
  await same[Symbol.asyncDispose]()
  const reading = failureOf(() =>
    explainingSource('public.people was read', () => source.connection.query('SELECT pg_sleep(50)')),
  )
  await withConnection(primary, async (connection) => {
    await connection.query('DELETE FROM people WHERE id > 5')
    await connection.query('VACUUM people')
  })
  await follow()
  const told = { code: 'FIXTURE_STANDBY_CONFLICT', message: 'The standby ended the reading while public.people was read.' }
  expect(await reading).toMatchObject(told)
}, 60_000)
