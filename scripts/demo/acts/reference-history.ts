import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Player } from '../player.ts'
import type { Stage } from '../stage.ts'

/** The history of the reference project: all of it up, with its data steps, down to nothing, and up again. */
export async function referenceHistory(stage: Stage, player: Player): Promise<void> {
  stage.act('A history of twenty-seven migrations')
  const source = fileURLToPath(new URL('../../../prisma', import.meta.url))
  await cp(source, join(player.directory, 'prisma'), { recursive: true })
  stage.say('A copy of the reference project in prisma/, on an empty database:')
  const up = await player.tide('up')
  stage.claim('`tide up` applies the whole history', up.exitCode === 0)
  const structure = await player.sql(columns)
  const status = await player.tide('status --drift')
  stage.claim('nothing is pending and nothing has drifted', status.exitCode === 0)

  const refused = await player.tide('down --to 0')
  stage.claim('some rollbacks say that they are incomplete: refused, each with its reason', refused.exitCode === 2)
  stage.claim('and nothing was rolled back', (await player.sql(columns)).join() === structure.join())
  const down = await player.tide('down --to 0 --accept-loss', { lines: 10 })
  stage.claim('`tide down --to 0 --accept-loss` goes all the way back', down.exitCode === 0)
  stage.claim('no table of the application is left', (await player.sql(columns)).length === 0)
  const again = await player.tide('up', { lines: 5 })
  stage.claim('up again: the same columns', again.exitCode === 0 && (await player.sql(columns)).join() === structure.join())
}

const columns = `SELECT table_name, column_name, udt_name, is_nullable, column_default FROM information_schema.columns
  WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY 1, 2`
