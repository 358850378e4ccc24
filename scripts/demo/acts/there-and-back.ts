import type { Player } from '../player.ts'
import type { Stage } from '../stage.ts'
import { customers, orders } from './new-project.ts'
import { afterUp } from './questions.ts'

/** Down and up again: the rows are there at each end. */
export async function thereAndBack(stage: Stage, player: Player): Promise<void> {
  stage.act('There and back again')
  const down = await player.tide('down')
  stage.claim('`tide down` rolls back one migration', down.exitCode === 0)
  const names = await player.showSql(customers('name, fax'))
  const before = '1 | Ada Birch | +44 20 7946 0101; 2 | Ben Aalto | NULL; 3 | Bo Aalto | NULL'
  stage.claim('the customers are as they were', names.join('; ') === before)
  const lost = await player.showSql(orders)
  stage.claim('so are their orders', lost.join('; ') === '1 | 1 | SENT | 19.90; 2 | 1 | LOST | 5.00; 3 | 2 | ON_HOLD | 249.00')

  const pending = await player.tide('status')
  stage.claim('`tide status` says with exit code 4 that a migration is pending', pending.exitCode === 4)
  const up = await player.tide('up')
  stage.claim('`tide up` applies it', up.exitCode === 0)
  const rows = await player.showSql(customers('"fullName", country'))
  stage.claim('the rows are the same as after the first time', rows.join('; ') === afterUp)
  const status = await player.tide('status')
  stage.claim('nothing is pending: exit code 0', status.exitCode === 0)
}
