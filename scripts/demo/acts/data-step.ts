import type { ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Player } from '../player.ts'
import type { Stage } from '../stage.ts'

/** A hundred thousand rows are moved in batches, by a process that is killed in the middle. */
export async function dataStep(stage: Stage, player: Player): Promise<void> {
  stage.act('Rows moved in batches')
  await player.tide('new rename_last_name --data')
  const folder = `prisma/migrations/${await player.newestMigration()}`
  await player.write(`${folder}/migration.sql`, 'ALTER TABLE "users" ADD COLUMN "family_name" TEXT;\n')
  await player.write(`${folder}/down.sql`, 'ALTER TABLE "users" DROP COLUMN "family_name";\n')
  await player.write(`${folder}/data.ts`, dataFile)
  await player.showFile(`${folder}/data.ts`)
  await player.sql(`INSERT INTO "users" (id, email, first_name, last_name)
    SELECT gen_random_uuid(), 'visitor' || n || '@example.com', 'Visitor', 'Number' || n FROM generate_series(1, 100000) n`)
  const names = (await player.sql('SELECT last_name FROM "users" ORDER BY id LIMIT 1000')).join()

  stage.say('The table has a hundred thousand rows now. `tide up` is killed while it moves them:')
  await player.tide('up --workers 2 --batch-time 50', { during: (child) => killMidway(player, child) })
  const status = await player.tide('data status')
  stage.claim('a killed run leaves whole batches, and says how far it came', status.exitCode === 4 && /█|░/.test(status.output))
  const [half = ''] = await player.sql('SELECT count(family_name) > 0 AND count(family_name) < count(*) FROM "users"')
  stage.claim('some rows are moved, and some are not', half === 't')

  const up = await player.tide('up')
  stage.claim('the same command goes on where it stopped', up.exitCode === 0)
  const [sums = ''] = await player.showSql(`SELECT (SELECT count(*) FROM "users" WHERE family_name IS NULL) AS left_over,
       (SELECT sum(changed) FROM tide.data_slice) = (SELECT count(*) FROM "users") AS each_once`)
  stage.claim('and every row was changed exactly once', sums === '0 | t')
  const down = await player.tide('down')
  const after = (await player.sql('SELECT last_name FROM "users" ORDER BY id LIMIT 1000')).join()
  stage.claim('`tide down` moves the rows back before it drops the columns', down.exitCode === 0 && after === names)
  await player.sql(`DELETE FROM "users" WHERE email LIKE 'visitor%@example.com'`)
  await rm(join(player.directory, folder), { recursive: true })
}

/** As soon as batches are committed. */
async function killMidway(player: Player, child: ChildProcess): Promise<void> {
  const hasSlices = "SELECT to_regclass('tide.data_slice') IS NOT NULL"
  const isMoving = 'SELECT count(*) > 0 FROM tide.data_slice WHERE visited > 0'
  while (child.exitCode === null) {
    if ((await player.sql(hasSlices))[0] === 't' && (await player.sql(isMoving))[0] === 't') break
    await pause(5)
  }
  child.kill('SIGKILL')
}

const dataFile = `import { defineData } from 'prisma-tide'

export default defineData({
  description: 'moves the last name to where it belongs',
  table: 'users',
  up: (batch) => \`UPDATE "users" SET "family_name" = coalesce("last_name", ''), "last_name" = NULL WHERE \${batch()}\`,
  down: (batch) => \`UPDATE "users" SET "last_name" = nullif("family_name", '') WHERE \${batch()}\`,
  check: 'SELECT "id" FROM "users" WHERE "family_name" IS NULL',
})
`
