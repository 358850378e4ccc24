/** How many rows of a model an environment gets. */
export type RowCount =
  /** That many. */
  | number
  /** On average that many of each row of another model: `{ per: 'Order', rows: 3 }`. */
  | { readonly per: string; readonly rows: number }

/** What an environment gets: `seed/environments/<name>.ts`. Every key is optional. */
export interface EnvironmentContract {
  /** Which reference data: all of it, none, or that of these models. All where nothing is said. */
  readonly reference?: boolean | readonly string[]
  /**
   * What `tide seed` fills it with: rows made from the schema (`synthetic`), the rows of its fixture (`masked`), or the
   * fixture first and synthetic rows after it (`both`). Synthetic where nothing is said.
   */
  readonly data?: 'synthetic' | 'masked' | 'both'
  /** The folder of its fixture, relative to the project; `fixtures/<name>` where nothing is said. */
  readonly fixture?: string
  /**
   * Synthetic rows of every model that `models` does not name and that has no reference data. `covering`: as few as
   * hold every value of an enum, both booleans, NULL and not NULL, and parents with no child, one and many.
   */
  readonly rows?: number | 'covering'
  /** Synthetic rows model by model. */
  readonly models?: Readonly<Record<string, RowCount>>
  /** The share of cells, 0 to 1, that hold an edge case which their column takes: 0.2 is heavy. None: 0. */
  readonly edges?: number
  /** The language of names and texts, as Faker calls it: `en`, `de`, `pt_BR`. */
  readonly locale?: string
  /** What all chance follows from; another seed gives other rows. */
  readonly seed?: string | number
  /** The moment that counts as now: a pinned one, as `2026-01-01T00:00:00Z`, or `rolling`: that of the run. */
  readonly clock?: string
  /** Whether `tide seed ENV --truncate` may empty the tables. */
  readonly truncate?: boolean
  /** Which named personas of `seed/personas.ts` are made: all of them, none, or these. */
  readonly personas?: boolean | readonly string[]
}

/** An environment with everything said. */
export interface Environment extends Required<Omit<EnvironmentContract, 'fixture'>> {
  /** The folder of its fixture, relative to the project. */
  readonly fixture: string
  readonly name: string
  /** True for production: reference data and nothing else. */
  readonly isProduction: boolean
  /** The file that says it; undefined where Tide's own contract counts. */
  readonly file: string | undefined
}

/**
 * Gives `seed/environments/<name>.ts` its types.
 *
 * @example
 * import { defineEnvironment } from 'prisma-tide'
 *
 * export const environment = defineEnvironment({
 *   rows: 20,
 *   models: { Order: 200, OrderLine: { per: 'Order', rows: 3 }, AuditEvent: 0 },
 *   clock: '2026-01-01T00:00:00Z',
 * })
 */
export function defineEnvironment(contract: EnvironmentContract): EnvironmentContract {
  return contract
}
