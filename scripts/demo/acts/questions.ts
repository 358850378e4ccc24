import type { Player } from '../player.ts'
import { changedLines, firstModels, secondModels } from '../schemas.ts'
import type { Stage } from '../stage.ts'
import { customers, orders, writeModels } from './new-project.ts'

/** An edit that cannot be understood from the two schemas alone: asked, answered, applied. */
export async function questions(stage: Stage, player: Player): Promise<void> {
  stage.act('An edit that only a person can explain')
  await writeModels(player, secondModels)
  stage.say('A field gets a better name, a required field comes in, an enum value is renamed:')
  stage.show(changedLines(firstModels, secondModels))
  const before = await player.newestMigration()
  const asked = await player.tide('dev --name full_names')
  stage.claim('without a terminal it stops with exit code 2 and lists its questions', asked.exitCode === 2)
  const renames = '--rename Customer.name:fullName --rename OrderStatus.LOST:CANCELLED'
  const json = await player.tide('dev --name full_names --json', { hidden: true })
  const asks = 'fill Customer.country, fill Customer.fullName, rename Customer.name, rename OrderStatus.LOST'
  stage.claim('it asks what was renamed, and what new fields get that were not', questionsIn(json.stdout) === asks)
  stage.say('Once it knows that, one question is left:')
  const left = await player.tide(`dev --name full_names ${renames}`)
  stage.claim('what existing customers get as their country', left.output.includes('--fill'))
  stage.claim('nothing was written', (await player.newestMigration()) === before)

  stage.act('The answers, as flags')
  const fill = `--fill "Customer.country=CASE WHEN email LIKE '%.fi' THEN 'FI' ELSE 'GB' END"`
  const dev = await player.tide(`dev --name full_names ${renames} ${fill}`)
  stage.claim('`tide dev` exits with 0', dev.exitCode === 0)
  const folder = `prisma/migrations/${await player.newestMigration()}`
  const up = await player.showFile(`${folder}/migration.sql`)
  const down = await player.showFile(`${folder}/down.sql`)
  stage.claim('the migration renames instead of dropping', up.includes('RENAME COLUMN "name" TO "fullName"'))
  stage.claim('its rollback renames back', down.includes('RENAME COLUMN "fullName" TO "name"'))
  stage.claim('the answers stand in its head', up.includes('-- tide: rename Customer.name:fullName'))
  const rows = await player.showSql(customers('"fullName", country'))
  stage.claim('every customer kept the name and got a country', rows.join('; ') === afterUp)
  const lines = await player.showSql(orders)
  stage.claim('the lost order is a cancelled order', lines[1] === '2 | 1 | CANCELLED | 5.00')
}

/** The customers after the migration. */
export const afterUp = '1 | Ada Birch | GB; 2 | Ben Aalto | FI; 3 | Bo Aalto | FI'

function questionsIn(json: string): string {
  const { questions } = JSON.parse(json) as { readonly questions: readonly { kind: string; subject: string }[] }
  return questions
    .map(({ kind, subject }) => `${kind} ${subject}`)
    .sort()
    .join(', ')
}
