import type { CollectedTable } from '../run/collect-images.ts'
import type { PerformedRun } from '../run/perform-run.ts'
import { addCounts } from '../rows/row-image.ts'
import { shownName } from '../rows/table-shape.ts'

/** What batches did together, so far. */
export interface BatchSums {
  /** The same as of one run. */
  readonly whole: PerformedRun
  readonly batches: number
  /** Samples that are still wanted of each table. */
  readonly samples: number
}

/** Before the first batch. */
export function noSums(samples: number): BatchSums {
  const contention = { waitedFor: [], keptWaiting: [] }
  return { whole: { run: undefined, tables: [], locks: [], contention, attempts: 1, lockedMs: 0 }, batches: 0, samples }
}

/** With one batch more: counts are added, locks are those of the longest one, samples those of the first ones. */
export function withBatch({ whole, batches, samples }: BatchSums, batch: PerformedRun): BatchSums {
  const isLonger = batch.lockedMs >= whole.lockedMs
  const seen = [...whole.contention.keptWaiting, ...batch.contention.keptWaiting]
  return {
    whole: {
      run: undefined,
      tables: addTables(whole.tables, batch.tables, samples),
      locks: isLonger && batch.locks.length > 0 ? batch.locks : whole.locks,
      contention: {
        waitedFor: batch.contention.waitedFor,
        keptWaiting: [...new Map(seen.map((one) => [one.pid, one])).values()],
      },
      attempts: Math.max(whole.attempts, batch.attempts),
      lockedMs: Math.max(whole.lockedMs, batch.lockedMs),
    },
    batches: batches + 1,
    samples,
  }
}

function addTables(
  sums: readonly CollectedTable[],
  more: readonly CollectedTable[],
  samples: number,
): readonly CollectedTable[] {
  const byName = new Map(sums.map((table) => [shownName(table.shape), table]))
  for (const table of more) {
    const name = shownName(table.shape)
    const sum = byName.get(name)
    byName.set(name, {
      shape: table.shape,
      counts: addCounts(sum?.counts, table.counts),
      samples: [...(sum?.samples ?? []), ...table.samples].slice(0, samples),
    })
  }
  return [...byName.values()]
}
