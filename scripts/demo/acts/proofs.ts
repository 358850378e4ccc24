import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Player } from '../player.ts'
import type { Stage } from '../stage.ts'

/** Three migrations of the reference project, proven: an exact way back, a lossy one, and one that rows stop. */
export async function proofs(stage: Stage, player: Player): Promise<void> {
  stage.act('Proofs')
  stage.say('Each goes up, down and up again in a rehearsal with rows, some of them made to break it:')
  for (const name of [exact, lossy, failing]) {
    await rm(join(player.directory, 'prisma/migrations', name, 'proof.json'))
  }
  const checked = await player.tide('check')
  stage.claim('`tide check` says which proofs are missing, with no database', checked.exitCode === 4 && lists(checked.stdout))
  const verified = await player.tide('verify')
  const says = (verdict: string, name: string): boolean => new RegExp(`${verdict} +${name}`).test(verified.stdout)
  stage.claim('one way back is exact', says('exact', exact))
  stage.claim('one is lossy: its column, the rehearsed rows, the reason', says('lossy', lossy) && verified.stdout.includes('organisations.fax'))
  stage.claim(
    'one migration is stopped by rows, and the SQL that finds them in a real database stands there',
    says('fails', failing) && /find them: SELECT .*"order_lines"/.test(verified.stdout),
  )
  stage.claim('what was accepted with a reason is no finding', (await player.tide('check')).exitCode === 0)
}

const exact = '20260324160000_user_full_name'
const lossy = '20260714150000_drop_organisation_fax'
const failing = '20260407081500_order_integrity'

function lists(output: string): boolean {
  return [exact, lossy, failing].every((name) => output.includes(name))
}
