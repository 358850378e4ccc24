import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type LoadedStep, loadStep, readDefinition } from '../../../src/data/step/load-step.ts'
import { runStep } from '../../../src/data/run-step.ts'
import { readMigration } from '../../../src/history/read-history.ts'
import { loadScript } from '../../../src/project/scripts/load-script.ts'
import { readScript } from '../../../src/project/scripts/script.ts'
import { withConnection } from '../../../src/postgres/connect.ts'
import { createTestDatabase } from '../../support/database.ts'
import { rowsOf } from '../../support/database-rows.ts'
import { failureOf } from '../../support/failure.ts'
import { createFolder, writeFiles } from '../../support/files.ts'

const schema = `
generator app {
  provider = "prisma-client"
  output   = "../never"
}
datasource db {
  provider = "postgresql"
}
enum Mood {
  GOOD @map("good one")
  BAD
}
model Person {
  personId BigInt   @id @map("id")
  fullName String   @map("full_name")
  mood     Mood
  salary   Decimal? @db.Decimal(10, 2)
  born     DateTime @db.Date
  tags     String[]
  loud     String?

  @@map("people")
}
`

const step = (up: string): string => `import { defineData } from 'prisma-tide'
import type { PrismaClient } from './client/client'

export default defineData<PrismaClient>({
  model: 'Person',
  up: async (rows, { client, query }) => {
    for (const row of rows) {
      const sum: bigint = row.personId + 0n
      const isRight = row.mood === 'GOOD' && row.salary?.toFixed(2) === '1.50' && row.born.getUTCFullYear() === 1999 && row.tags[1] === 'b'
      if (!isRight) throw new RangeError('a value came otherwise than the application sees it')
      ${up}
    }
  },
  down: { restore: ['loud'] },
  check: 'SELECT id FROM people WHERE loud IS NULL',
})
`

test('a function over typed rows works with the client of its moment, in the transaction of its batch', { timeout: 60_000 }, async () => {
  const database = await createTestDatabase()
  const directory = createFolder({
    '1_loud/migration.sql': '',
    '1_loud/schema.prisma': schema,
    '1_loud/data.ts': step('await client.person.update({ where: { personId: sum }, data: { loud: row.fullName.toUpperCase() } })'),
  })
  symlinkSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)), join(directory, 'node_modules'))
  const place = { directory, stateDirectory: join(directory, '.tide') }
  await withConnection(database, (connection) =>
    connection.query(`CREATE TYPE "Mood" AS ENUM ('good one', 'BAD');
      CREATE TABLE people (id bigint PRIMARY KEY, full_name text NOT NULL, mood "Mood" NOT NULL DEFAULT 'good one',
        salary numeric(10,2) DEFAULT 1.5, born date NOT NULL DEFAULT '1999-12-31', tags text[] NOT NULL DEFAULT '{a,b}', loud text);
      INSERT INTO people (id, full_name) SELECT 9007199254740993 + n, 'Ann ' || n FROM generate_series(1, 120) n`),
  )
  const checked = (): Promise<LoadedStep> => loadStep(readMigration(directory, '1_loud'), place)
  // The type check takes two seconds a text.
  const unchecked = async (): Promise<LoadedStep> => {
    const script = readScript(join(directory, '1_loud/data.ts'))
    const value = await loadScript(script, place, { name: 'data', maker: 'defineData' })
    return readDefinition(value, { migration: '1_loud', directory: join(directory, '1_loud'), hash: script.hash })
  }
  const run = (loaded: LoadedStep, direction: 'up' | 'down' = 'up') =>
    runStep({ database, place, workers: 1 }, { step: loaded, direction, ledgerId: 'one' })
  const loud = (): Promise<readonly string[]> => rowsOf(database, 'SELECT count(loud), min(loud), count(*) FROM people')

  const right = await checked()
  expect((await run(right)).rows).toBe(120)
  expect(await loud()).toEqual(['120|ANN 1|120'])
  await run(right, 'down')
  expect(await loud()).toEqual(['0|NULL|120'])

  const tried = "await client.$transaction(async (tx) => { await tx.person.delete({ where: { personId: sum } }); throw new Error('back') }).catch(() => undefined)"
  for (const [code, up] of [
    ['DATA_KEY_CHANGED', 'await client.person.update({ where: { personId: sum }, data: { personId: -sum } })'],
    ['DATA_TRANSACTION_ENDED', "await client.$executeRawUnsafe('COMMIT')"],
    ['DATA_STEP_FAILED', "await query('SELECT nosuch')"],
    ['DATA_CHECK_FAILED', tried],
  ] as const) {
    writeFiles(directory, { '1_loud/data.ts': step(up) })
    const wrong = await unchecked()
    expect([code, (await failureOf(() => run(wrong))).code]).toEqual([code, code])
    expect(await loud()).toEqual(['0|NULL|120'])
  }

  writeFiles(directory, { '1_loud/data.ts': step('row.nosuch') })
  expect(await failureOf(checked)).toMatchObject({ code: 'PROJECT_SCRIPT_TYPES', details: { where: { line: 11 } } })
})
