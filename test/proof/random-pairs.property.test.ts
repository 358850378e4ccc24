import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openProofGround } from '../support/proof-place.ts'
import { faultsOf, provePair } from '../support/proven-pair.ts'
import { schemaEdit } from '../support/schema-arbitrary.ts'

const runs = Number(process.env['TIDE_PROPERTY_RUNS'] ?? 10)

test('from any schema to any other: up runs or the verdict says why, and down gives back what it says', async () => {
  const ground = await openProofGround()
  const property = fc.asyncProperty(schemaEdit, async (edit) => {
    const pair = await provePair(ground, edit)
    if (pair === undefined) return
    expect([faultsOf(pair), pair.up, pair.down]).toEqual([[], pair.up, pair.down])
  })
  await fc.assert(property, { numRuns: runs, endOnFailure: true, seed: Number(process.env['TIDE_PROPERTY_SEED'] ?? 1) })
}, 60_000 + runs * 2000)
