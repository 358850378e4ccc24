import { availableParallelism } from 'node:os'
import fc from 'fast-check'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { createProofGround } from '../../test/support/proof-place.ts'
import { faultsOf, provePair } from '../../test/support/proven-pair.ts'
import { schemaEdit } from '../../test/support/schema-arbitrary.ts'
import { scriptServer } from '../support/server.ts'

type Edit = Parameters<typeof provePair>[1]

/** What came out, counted. */
interface Tally {
  readonly verdicts: Map<string, number>
  readonly faults: Map<string, number>
}

/**
 * Random pairs of schemas, each turned into a migration with its rollback, which is rehearsed with rows:
 * `npm run fuzz`; `npm run fuzz -- 500 7` for 500 pairs from seed 7; `npm run fuzz -- 500 7 41` for the pair #41 of
 * them alone. Prints each fault with its migration.
 */
async function main(pairs: number, seed: number, only: number | undefined): Promise<void> {
  await using server = await scriptServer()
  const all = [...fc.sample(schemaEdit, { numRuns: pairs, seed }).entries()]
  const edits = all.filter(([place]) => only === undefined || place === only).values()
  const tally: Tally = { verdicts: new Map(), faults: new Map() }
  const started = performance.now()
  const onPair = (place: number): void => {
    if (place % 100 !== 99) return
    process.stderr.write(`${String(place + 1)} pairs in ${((performance.now() - started) / 1000).toFixed(0)} s\n`)
  }
  // Half of the time one lane waits for PostgreSQL.
  const lanes = Array.from({ length: availableParallelism() }, () => runLane(server.url, edits, tally, onPair))
  await Promise.all(lanes)
  const lines = [...tally.verdicts, ...tally.faults].map(([key, number]) => `${String(number).padStart(6)}  ${key}`)
  process.stdout.write(`\n${lines.join('\n')}\n`)
  if (tally.faults.size > 0) process.exitCode = 4
}

/** Takes one edit after the other from those that are left. */
async function runLane(
  server: DatabaseUrl,
  edits: Iterable<readonly [number, Edit]>,
  { verdicts, faults }: Tally,
  onPair: (place: number) => void,
): Promise<void> {
  const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1)
  let ground = await createProofGround(server)
  try {
    for (const [place, edit] of edits) {
      try {
        const pair = await provePair(ground, edit)
        count(verdicts, pair?.proof.verdict ?? 'nothing to do')
        for (const fault of pair === undefined ? [] : faultsOf(pair)) {
          count(faults, kindOf(fault))
          process.stdout.write(`\n#${String(place)} ${fault}\n${pair?.up ?? ''}\n---\n${pair?.down ?? ''}\n`)
        }
      } catch (error) {
        count(faults, 'threw')
        const said = error instanceof Error ? (error.stack ?? error.message) : String(error)
        process.stdout.write(`\n#${String(place)} ${said}\n`)
        // Whatever state its session is in.
        await Promise.resolve(ground[Symbol.asyncDispose]()).catch(() => undefined)
        ground = await createProofGround(server)
      }
      onPair(place)
    }
  } finally {
    await ground[Symbol.asyncDispose]()
  }
}

/** Without the names. */
function kindOf(fault: string): string {
  return `fault: ${fault.replaceAll(/"[^"]*"/g, '…').replaceAll(/line \d+/g, 'line N').replaceAll(/^\S+: /g, '… : ')}`
}

const [pairs = '10000', seed = '1', only] = process.argv.slice(2)
await main(Number(pairs), Number(seed), only === undefined ? undefined : Number(only))
