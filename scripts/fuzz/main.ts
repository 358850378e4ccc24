import fc from 'fast-check'
import { createProofGround } from '../../test/support/proof-place.ts'
import { faultsOf, provePair } from '../../test/support/proven-pair.ts'
import { schemaEdit } from '../../test/support/schema-arbitrary.ts'
import { scriptServer } from '../support/server.ts'

/**
 * Random pairs of schemas, each turned into a migration with its rollback, which is rehearsed with rows:
 * `npm run fuzz`, or `npm run fuzz -- 500 7` for 500 pairs from seed 7. Prints each fault with its migration.
 */
async function main(pairs: number, seed: number): Promise<void> {
  await using server = await scriptServer()
  await using ground = await createProofGround(server.url)
  const verdicts = new Map<string, number>()
  const faults = new Map<string, number>()
  const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1)
  const started = performance.now()
  for (const [place, edit] of fc.sample(schemaEdit, { numRuns: pairs, seed }).entries()) {
    try {
      const pair = await provePair(ground, edit)
      count(verdicts, pair?.proof.verdict ?? 'nothing to do')
      for (const fault of pair === undefined ? [] : faultsOf(pair)) {
        count(faults, kindOf(fault))
        process.stdout.write(`\n#${String(place)} ${fault}\n${pair?.up ?? ''}\n---\n${pair?.down ?? ''}\n`)
      }
    } catch (error) {
      count(faults, 'threw')
      process.stdout.write(`\n#${String(place)} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    }
    if (place % 100 === 99) process.stderr.write(`${String(place + 1)} pairs in ${((performance.now() - started) / 1000).toFixed(0)} s\n`)
  }
  const lines = [...verdicts, ...faults].map(([key, number]) => `${String(number).padStart(6)}  ${key}`)
  process.stdout.write(`\n${lines.join('\n')}\n`)
  if (faults.size > 0) process.exitCode = 4
}

/** Without the names. */
function kindOf(fault: string): string {
  return `fault: ${fault.replaceAll(/"[^"]*"/g, '…').replaceAll(/line \d+/g, 'line N').replaceAll(/^\S+: /g, '… : ')}`
}

const [pairs = '10000', seed = '1'] = process.argv.slice(2)
await main(Number(pairs), Number(seed))
