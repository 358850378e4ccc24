import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Player } from '../player.ts'
import type { Stage } from '../stage.ts'

/** Every environment of the reference project is filled; what must not happen does not. */
export async function seeding(stage: Stage, player: Player): Promise<void> {
  stage.act('Every environment is filled')
  const source = fileURLToPath(new URL('../../../seed', import.meta.url))
  await cp(source, join(player.directory, 'seed'), { recursive: true })
  await player.write('tide.config.ts', config)
  stage.say('The project says in seed/environments what each environment gets:')
  await player.showFile('seed/environments/dev.ts')
  const dev = await player.tide('seed dev', { lines: 24 })
  stage.claim('`tide seed dev` fills dev', dev.exitCode === 0)
  const [counts] = await player.showSql(howMany)
  stage.claim('as many orders as its file says', counts?.startsWith('60 |') === true)
  stage.claim('no e-mail address can reach anybody', (await player.sql(reachable))[0] === '0')
  stage.claim('no row was changed before it was made', (await player.sql(backInTime))[0] === '0')
  stage.claim('carriers are those of seed/generators.ts', (await player.sql(carriers))[0] === 'DHL, DPD, UPS')
  stage.claim('Alice owns Acme', (await player.showSql(alice))[0] === 'alice@example.com | acme | OWNER')
  const again = await player.tide('seed dev')
  stage.claim('a second run changes nothing, and says so', again.output.includes('Nothing to change in dev'))
  for (const environment of ['ci', 'qa', 'staging']) await player.tide(`up --env ${environment}`, { hidden: true })
  stage.say('Tests get as few rows as hold everything that the schema allows:')
  const ci = await player.tide('seed ci', { lines: 24 })
  const [, covered, states] = /cover (\d+) of (\d+) states/u.exec(ci.output) ?? []
  stage.claim('`tide seed ci` covers every state, and says in how many rows', covered !== undefined && covered === states)
  stage.say('Testers get what breaks forms:')
  const qa = await player.tide('seed qa', { lines: 4 })
  stage.claim('`tide seed qa` fills qa', qa.exitCode === 0)
  const staging = await player.tide('seed staging', { lines: 4 })
  stage.claim('`tide seed staging` fills staging', staging.exitCode === 0)
  await byHand(stage, player)
  await production(stage, player)
}

async function byHand(stage: Stage, player: Player): Promise<void> {
  stage.say('Somebody changes reference data by hand, in the database:')
  await player.showSql(`UPDATE countries SET name = 'Deutschland' WHERE code = 'DE'`)
  const reported = await player.tide('seed dev')
  stage.claim('it is reported, with its field and its line in the file', reported.output.includes('Country: name  (seed/reference/Country.csv:'))
  stage.claim('and left alone', (await player.sql(germany))[0] === 'Deutschland' && reported.exitCode === 4)
  const overwritten = await player.tide('seed dev --overwrite')
  stage.claim('--overwrite gives it what is declared', overwritten.exitCode === 0 && (await player.sql(germany))[0] === 'Germany')
}

async function production(stage: Stage, player: Player): Promise<void> {
  stage.say('A database says itself what it is:')
  await player.tide('seed production --mark --confirm production')
  await player.tide('up --env production', { hidden: true })
  const refused = await player.tide('seed production --rows 1000')
  stage.claim('production gets no synthetic rows', refused.exitCode === 2 && refused.output.includes('SEED_ONLY_REFERENCE'))
  const filled = await player.tide('seed production')
  stage.claim('it gets its reference data', filled.exitCode === 0)
  await player.write('tide.config.ts', config.replace('{ embedded: true }, // staging', `{ urlVariable: 'WRONG_URL' },`))
  const url = (await player.tide('db url --env production', { hidden: true })).stdout.trim()
  await player.write('.env', `WRONG_URL=${url}\n`)
  stage.say('By mistake, the URL of staging is now that of production:')
  const mistaken = await player.tide('seed staging')
  stage.claim('seeding it as staging is refused, and the evidence is named', mistaken.output.includes('SEED_PRODUCTION') && mistaken.output.includes('marked as production'))
}

const config = `import { defineConfig } from 'prisma-tide'

export default defineConfig({
  environments: {
    ci: { embedded: true },
    qa: { embedded: true },
    staging: { embedded: true }, // staging
    production: { embedded: true },
  },
})
`
const carriers = `SELECT string_agg(DISTINCT carrier, ', ' ORDER BY carrier) FROM shipments`
const howMany = 'SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM order_lines), (SELECT count(*) FROM users)'
const reachable = `SELECT count(*) FROM users WHERE email !~ '@([a-z0-9-]+\\.)*example(\\.(com|net|org))?$'`
const backInTime = `SELECT (SELECT count(*) FROM orders WHERE updated_at < created_at)
  + (SELECT count(*) FROM organisations WHERE updated_at < created_at)`
const germany = `SELECT name FROM countries WHERE code = 'DE'`
const alice = `SELECT u.email, o.slug, m.role FROM users u JOIN memberships m ON m.user_id = u.id
  JOIN organisations o ON o.id = m.organisation_id WHERE o.slug = 'acme' AND u.email = 'alice@example.com'`
