import { randomBytes } from 'node:crypto'
import type { Player } from '../player.ts'
import type { Stage } from '../stage.ts'

/** A database as full as a real one becomes the fixture of qa; the gate is seen to fail once, on purpose. */
export async function fixtures(stage: Stage, player: Player): Promise<void> {
  stage.act('Real rows, masked and measured')
  await player.write('tide.config.ts', config)
  await player.write('seed/environments/live.ts', live)
  await player.write('.env', `TIDE_MASK_KEY_QA=${randomBytes(32).toString('hex')}\n`)
  await player.tide('up --env live', { hidden: true })
  await player.tide('seed live', { hidden: true })
  stage.say('A database called live is full of rows. What its columns hold was reviewed in seed/classification.json:')
  const reviewed = await player.tide('fixtures classify --accept-confident --accept Country.inEu')
  stage.claim('every column was accepted by somebody', reviewed.exitCode === 0)
  stage.say('The gate is only worth something if it can fail. One canary is let through on purpose:')
  const leaking = await player.tide('fixtures build --env qa --from live --percent 30 --to fixtures/qa --let-canary-through')
  stage.claim('the gate finds the canary', leaking.exitCode === 4 && leaking.output.includes('Canaries planted in the stream came out'))
  const refused = await player.tide('fixtures load fixtures/qa --env qa --truncate')
  stage.claim('and the fixture is not loaded', refused.output.includes('FIXTURE_GATE_FAILED'))
  stage.say('Without it:')
  const built = await player.tide('fixtures build --env qa --from live --percent 30 --to fixtures/qa')
  stage.claim('the fixture passes its gate', built.exitCode === 0)
  const text = await player.read('fixtures/qa/gate.html')
  stage.claim('its page opens nothing on the network', !/https?:\/\/|<script|<img|<link/u.test(text))
  const loaded = await player.tide('fixtures load fixtures/qa --env qa --truncate', { lines: 6 })
  stage.claim('it is loaded, and every constraint holds', loaded.exitCode === 0)
}

const config = `import { defineConfig } from 'prisma-tide'

export default defineConfig({
  environments: { qa: { embedded: true }, live: { embedded: true } },
})
`
const live = `import { defineEnvironment } from 'prisma-tide'

export const environment = defineEnvironment({ rows: 300, clock: '2026-11-01T12:00:00Z' })
`
