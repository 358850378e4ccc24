import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Player } from '../player.ts'
import { changedLines, thirdModels, uniqueEmail } from '../schemas.ts'
import type { Stage } from '../stage.ts'
import { writeModels } from './new-project.ts'

/** What goes wrong says where, why and what to do, and leaves everything as it was. */
export async function failures(stage: Stage, player: Player): Promise<void> {
  stage.act('When something goes wrong')
  await player.tide('new archive_orders --sql')
  const broken = await player.newestMigration()
  await player.write(`prisma/migrations/${broken}/migration.sql`, brokenSql)
  const up = await player.tide('up')
  stage.claim('SQL that does not parse is refused', up.exitCode === 2)
  stage.claim('with its line and its column', up.output.includes('migration.sql:3:7'))
  stage.claim('and nothing of it was run', (await player.sql(`SELECT to_regclass('"OrderArchive"')`))[0] === 'NULL')
  await rm(join(player.directory, 'prisma/migrations', broken), { recursive: true })

  stage.say('An e-mail address becomes unique, but two customers share one:')
  await writeModels(player, uniqueEmail)
  stage.show(changedLines(thirdModels, uniqueEmail))
  const before = await player.newestMigration()
  const dev = await player.tide('dev --name unique_email')
  stage.claim('duplicates before a unique index stop it', dev.exitCode === 2)
  stage.claim('nothing was written', (await player.newestMigration()) === before)
  await player.sql(`UPDATE "Customer" SET email = 'bo@aalto.example.fi' WHERE id = 3`)
  stage.say('The developer gives the second customer an address of his own, and asks again:')
  const repaired = await player.tide('dev --name unique_email')
  stage.claim('once they are gone it is written and applied', repaired.exitCode === 0)
}

const brokenSql = `CREATE TABLE "OrderArchive" ("id" INTEGER PRIMARY KEY);

ALTER TABEL "Order" ADD COLUMN "archivedAt" TIMESTAMPTZ;
`
