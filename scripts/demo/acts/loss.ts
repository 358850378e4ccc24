import type { Player } from '../player.ts'
import { changedLines, secondModels, thirdModels } from '../schemas.ts'
import type { Stage } from '../stage.ts'
import { orders, writeModels } from './new-project.ts'

/** The three other kinds of questions, and rows and values that come back although the migration took them. */
export async function loss(stage: Stage, player: Player): Promise<void> {
  stage.act('What a migration takes away comes back')
  await writeModels(player, thirdModels)
  stage.say('A field is deleted, text becomes a number, an enum value is taken away:')
  stage.show(changedLines(secondModels, thirdModels))
  const faxes = 'SELECT id, fax FROM "Customer" ORDER BY id'
  const before = [...(await player.sql(faxes)), ...(await player.sql(orders))].join('; ')
  const dev = await player.tide(
    `dev --name totals_as_numbers --delete Customer.fax --cast "Order.total=total::numeric" --map OrderStatus.ON_HOLD=NEW`,
  )
  stage.claim('the answers are: delete, cast and map', dev.exitCode === 0)
  stage.claim('and the way back is complete', dev.output.includes('the way back is complete'))
  const rows = await player.showSql(orders)
  stage.claim('the totals are numbers and no order is on hold', rows[2] === '3 | 2 | NEW | 249.00')

  stage.say('The migration kept what it took, in the schema tide_archive:')
  const list = await player.tide('archive list')
  stage.claim('`tide archive list` shows it', list.exitCode === 0 && list.output.includes('public.Customer (fax)'))
  const down = await player.tide('down')
  await player.showSql(faxes)
  await player.showSql(orders)
  const after = [...(await player.sql(faxes)), ...(await player.sql(orders))].join('; ')
  stage.claim('`tide down` brings every value back, as it was', down.exitCode === 0 && after === before)

  const up = await player.tide('up')
  stage.claim('and forward once more', up.exitCode === 0)
  const purge = await player.tide('archive purge --all --yes')
  const refused = await player.tide('down')
  stage.claim('purging is the point of no return', purge.exitCode === 0 && refused.exitCode === 2 && refused.output.includes('fax'))
}
