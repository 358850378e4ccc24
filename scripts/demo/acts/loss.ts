import type { Player } from '../player.ts'
import { changedLines, secondModels, thirdModels } from '../schemas.ts'
import type { Stage } from '../stage.ts'
import { orders, writeModels } from './new-project.ts'

/** The three other kinds of questions, and a rollback that cannot bring everything back. */
export async function loss(stage: Stage, player: Player): Promise<void> {
  stage.act('What cannot come back is said before')
  await writeModels(player, thirdModels)
  stage.say('A field is deleted, text becomes a number, an enum value is taken away:')
  stage.show(changedLines(secondModels, thirdModels))
  const dev = await player.tide(
    `dev --name totals_as_numbers --delete Customer.fax --cast "Order.total=total::numeric" --map OrderStatus.ON_HOLD=NEW`,
  )
  stage.claim('the answers are: delete, cast and map', dev.exitCode === 0)
  const rows = await player.showSql(orders)
  stage.claim('the totals are numbers and no order is on hold', rows[2] === '3 | 2 | NEW | 249.00')

  const migration = await player.newestMigration()
  await player.showFile(`prisma/migrations/${migration}/down.sql`)
  const refused = await player.tide('down')
  stage.claim('`tide down` refuses, and names what would be lost', refused.exitCode === 2 && refused.output.includes('fax'))
  const down = await player.tide('down --accept-loss')
  stage.claim('with --accept-loss it goes back', down.exitCode === 0)
  const text = await player.sql(`SELECT pg_typeof(total) FROM "Order" LIMIT 1`)
  stage.claim('the totals are text again, with every row', text[0] === 'text' && (await player.sql(orders)).length === 3)
  const up = await player.tide('up')
  stage.claim('and forward once more', up.exitCode === 0)
}
