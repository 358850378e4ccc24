import { expect, test } from 'vitest'
import { type KindOfChange, schemaChanges, shop } from '../author/rollback/kinds-of-change.ts'
import { openProofGround, type ProofGround } from '../support/proof-place.ts'

test('what a Prisma schema can express is judged as the rollback that Tide writes says of itself', async () => {
  const ground = await openProofGround()
  for (const change of schemaChanges) expect(await misjudged(ground, change)).toEqual([])
}, 120_000)

/** What the rehearsal shows otherwise than its rollback says. */
async function misjudged(ground: ProofGround, change: KindOfChange): Promise<readonly string[]> {
  const { title, setup = '', up, incomplete = [], once = false } = change
  const start = `${shop}\n${setup}`
  const { sql: down } = await ground.rollbackOf(start, up)
  const proof = await ground.prove({ setup: start, up, down })
  const isBroken = proof.hazards.some(({ outcome }) => outcome === 'breaks')
  const expected = isBroken ? 'fails' : incomplete.length > 0 ? 'lossy' : 'exact'
  if (once) return proof.verdict === 'exact' ? [`${title}: exact, though it cannot be applied again`] : []
  return [
    ...(proof.verdict === expected ? [] : [`${title}: ${proof.verdict} instead of ${expected}`]),
    // Rows that break it have been taken out, so what else is said is about the others.
    ...proof.reasons.filter((reason) => !reason.startsWith('it stops at ')).map((reason) => `${title}: ${reason}`),
    ...proof.losses.filter(({ reason }) => !incomplete.includes(reason)).map(({ object }) => `${title}: ${object} is lost`),
  ]
}
