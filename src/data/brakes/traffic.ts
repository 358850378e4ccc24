/** Counts of a database at one moment. */
export interface TrafficSample {
  /** Milliseconds of a clock that only goes forward. */
  readonly at: number
  /** Transactions that ended in the database, as far as its sessions have told: they do so once a second. */
  readonly ended: number
  /** Those of them that were batches, or looks at the server. */
  readonly own: number
}

/** Sessions tell of their transactions once a second: in less there is nothing to see. */
const leastMs = 1000
const mostMs = 2500

/** The samples to go on with: as few as cover the time that is looked at. */
export function withSample(samples: readonly TrafficSample[], next: TrafficSample): readonly TrafficSample[] {
  return [...samples.filter(({ at }) => next.at - at <= mostMs), next]
}

/** Transactions of others a second; undefined before enough was seen. */
export function trafficOf(samples: readonly TrafficSample[]): number | undefined {
  const first = samples[0]
  const last = samples.at(-1)
  if (first === undefined || last === undefined || last.at - first.at < leastMs) return undefined
  const others = last.ended - first.ended - (last.own - first.own)
  return Math.max(0, (others / (last.at - first.at)) * 1000)
}
