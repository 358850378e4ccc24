/** What is known of how fast batches are. */
export interface Pace {
  /** Rows of the next batch. */
  readonly size: number
  /** Rows per millisecond, an exponential average; undefined before the first batch. */
  readonly rate: number | undefined
}

/** The first batch of a step is small: nothing is known yet. */
export const firstPace: Pace = { size: 200, rate: undefined }

const weightOfLatest = 0.4
const mostGrowth = 2
const mostRows = 100_000
/** What a batch costs besides its rows would else make every one smaller than the one before. */
const leastRows = 25

/**
 * The pace after a batch. The next size is what the average says takes `targetMs`, but at most twice the last: a few
 * fast batches must not make one that is far too long. It may shrink at once.
 */
export function afterBatch(pace: Pace, batch: { readonly rows: number; readonly ms: number }, targetMs: number): Pace {
  if (batch.rows === 0) return pace
  const latest = batch.rows / Math.max(batch.ms, 0.1)
  const rate = pace.rate === undefined ? latest : weightOfLatest * latest + (1 - weightOfLatest) * pace.rate
  // The slower of the two: an average that lags behind would make the next batch too long as well.
  const wanted = Math.min(rate, latest * 1.25) * targetMs
  const most = Math.min(pace.size * mostGrowth, mostRows)
  return { size: clamp(Math.round(wanted), Math.min(leastRows, most), most), rate }
}

/** The pace after a batch that was too long or met a row that it cannot change: half, and one row in the end. */
export function afterFailure(pace: Pace): Pace {
  return { size: Math.max(1, Math.floor(pace.size / 2)), rate: pace.rate === undefined ? undefined : pace.rate / 2 }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}
