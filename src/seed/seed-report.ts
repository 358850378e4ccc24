/** Told while rows are delivered: how many of a table there are, for a bar with rate and time left. */
export type SeedReport = (event: {
  readonly stage: string
  readonly done?: number
  readonly total?: number
  readonly detail?: string
}) => void
