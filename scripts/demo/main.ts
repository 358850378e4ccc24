import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { dataStep } from './acts/data-step.ts'
import { failures } from './acts/failures.ts'
import { fixes } from './acts/fixes.ts'
import { fixtures } from './acts/fixtures.ts'
import { loss } from './acts/loss.ts'
import { newProject } from './acts/new-project.ts'
import { proofs } from './acts/proofs.ts'
import { questions } from './acts/questions.ts'
import { referenceHistory } from './acts/reference-history.ts'
import { seeding } from './acts/seeding.ts'
import { thereAndBack } from './acts/there-and-back.ts'
import { createPlayer, type Player } from './player.ts'
import { createStage, renderClaim, type Stage } from './stage.ts'

/** The main job of Tide, end to end: the built command on the embedded PostgreSQL. Checks itself (`npm run demo`). */
const started = performance.now()
const stage = createStage((text) => process.stdout.write(text))
const folder = await mkdtemp(join(tmpdir(), 'tide-demo-'))
const shop = createPlayer(join(folder, 'shop'), stage)
const reference = createPlayer(join(folder, 'order-management'), stage)
process.once('SIGINT', () => void leave(130))
process.once('SIGTERM', () => void leave(143))

try {
  await play()
} catch (error) {
  stage.show(error instanceof Error ? error.message : String(error))
  stage.claim('the demo plays to its end', false)
} finally {
  await clean()
}
summarize(stage)

async function play(): Promise<void> {
  await Promise.all([mkdir(shop.directory), mkdir(reference.directory)])
  await newProject(stage, shop)
  await questions(stage, shop)
  await thereAndBack(stage, shop)
  await loss(stage, shop)
  await failures(stage, shop)
  await referenceHistory(stage, reference)
  await proofs(stage, reference)
  await seeding(stage, reference)
  await dataStep(stage, reference)
  await fixes(stage, reference)
  await fixtures(stage, reference)
}

function summarize({ claims }: Stage): void {
  const all = claims()
  const failed = all.filter((claim) => !claim.isTrue)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const verdict = failed.length === 0 ? `All ${String(all.length)} claims hold` : `${String(failed.length)} of ${String(all.length)} claims do not hold`
  process.stdout.write(`\n${verdict} (${seconds} s):\n`)
  let act = ''
  for (const claim of all) {
    if (claim.act !== act) process.stdout.write(`\n${claim.act}\n`)
    act = claim.act
    process.stdout.write(`${renderClaim(claim)}\n`)
  }
  if (failed.length > 0) process.exitCode = 1
}

async function clean(): Promise<void> {
  await Promise.all([stopServer(shop), stopServer(reference)])
  await rm(folder, { recursive: true, force: true })
}

/** The demo started it, so the demo stops it; where it never ran there is nothing to stop. */
async function stopServer(player: Player): Promise<void> {
  await player.tide('db stop', { hidden: true })
}

async function leave(exitCode: number): Promise<void> {
  await clean()
  process.exit(exitCode)
}
