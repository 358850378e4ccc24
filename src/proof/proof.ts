/** How good the way back of a migration is, from the best to the worst. */
export type Verdict = (typeof verdicts)[number]

/** In this order each is worse than the one before. */
export const verdicts = ['exact', 'lossy', 'irreversible', 'fails'] as const

/** Something that is not as it was after the way back. */
export interface Loss {
  /** `public.users.name`, `public.users`, or what the catalog calls it: `index public.users_email_key`. */
  readonly object: string
  /** How many of the rehearsed rows. */
  readonly rows: number
  readonly reason: string
  /** The keys of a few of these rows; not in `proof.json`. */
  readonly keys?: readonly string[]
}

/** A kind of row that was tried on the migration. */
export interface TriedHazard {
  /** The name of the kind: `null-before-not-null`. */
  readonly hazard: string
  /** `public.users.email` */
  readonly object: string
  /**
   * `breaks`: the migration stops at such rows; `harmless`: it copes; `impossible`: constraints let no such row be;
   * `untried`: there was no row that could become one.
   */
  readonly outcome: 'breaks' | 'harmless' | 'impossible' | 'untried'
  /** What such rows are, in words. */
  readonly rows: string
  /** Finds such rows in a real database. */
  readonly sql: string
  /** PostgreSQL's words and code, where it breaks. */
  readonly error?: { readonly sqlstate: string; readonly message: string; readonly line: number }
}

/** The evidence of a rehearsal, as it stands in `proof.json`. The same on every machine. */
export interface Proof {
  /** Of this format. */
  readonly format: 1
  readonly verdict: Verdict
  /** Empty where the way back is exact. */
  readonly losses: readonly Loss[]
  /** Why there is no way back, or what fails. */
  readonly reasons: readonly string[]
  /** Rows that were tried. */
  readonly hazards: readonly TriedHazard[]
  /** Columns that hold something else each time the migration runs: `public.users.token`. */
  readonly volatile: readonly string[]
  /** What a person should know besides. */
  readonly notes: readonly string[]
  /** Rows that each table was given. */
  readonly rows: number
  readonly inputs: ProofInputs
}

/** What the proof holds for: where one of these changes, it is stale. SHA-256 in hex; null where there is no file. */
export interface ProofInputs {
  readonly migration: string
  readonly down: string | null
  readonly data: string | null
  /** Of everything before it in the history. */
  readonly history: string
}
