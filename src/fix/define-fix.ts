import type { Batch } from '../data/define-data.ts'
import { runDirectly } from './run-directly.ts'

/** The transaction of a run: all statements of the script go through it, and commit together or not at all. */
export interface FixTransaction {
  /**
   * Runs one statement with parameters (`$1`, `$2`, …).
   * @throws FIX_STATEMENT_REFUSED for what no before-image could take back: TRUNCATE, COPY, DDL, COMMIT
   */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what rows are, only the caller knows
  query<Row extends object = Readonly<Record<string, unknown>>>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: readonly Row[]; readonly rowCount: number }>
  /**
   * A Prisma Client whose every query runs in this transaction; its own `$transaction` is a savepoint of it.
   *
   * @example
   * import { PrismaClient } from '../../generated/prisma/client.ts'
   *
   * await tx.client(PrismaClient).order.updateMany({ where: { currency: 'DEM' }, data: { currency: 'EUR' } })
   * @param PrismaClient the class that `tide generate` or `prisma generate` has written, for driver adapters
   */
  client<Client extends object>(PrismaClient: PrismaClientOf<Client>): Client
}

/** A generated class. What it is made with differs between versions and generators. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any of them is taken
export type PrismaClientOf<Client extends object> = new (options: any) => Client

/** What a script may know of its run. */
export interface FixRun {
  /** True where everything is rolled back at the end. */
  readonly isRehearsal: boolean
  /** Tells the person who watches what is being done. */
  report(detail: string): void
  /** Aborted at Ctrl-C. */
  readonly signal: AbortSignal
}

/** A fix, as its script defines it: one transaction, or one for each batch of the rows of a table. */
export type FixDefinition = WholeFixDefinition | BatchedFixDefinition

interface FixBase {
  /** What it repairs, in one sentence: shown by `tide fix list` and kept with each run. */
  readonly description: string
}

/** A fix of one transaction: all of it is kept, or nothing. */
export interface WholeFixDefinition extends FixBase {
  readonly table?: undefined
  readonly key?: undefined
  /**
   * Repairs the rows. It may be called again from the beginning where a lock had to be waited for, so it does nothing
   * outside of the transaction.
   */
  readonly run: (tx: FixTransaction, run: FixRun) => Promise<void> | void
}

/** A fix of many rows: a transaction for each batch of them, so that others wait for a batch at most. */
export interface BatchedFixDefinition extends FixBase {
  /** The table whose rows are cut into batches, as the database calls it: `orders`, or `shop.orders`. */
  readonly table: string
  /** The columns of the primary key, or of a unique index without NULLs, that batches follow. */
  readonly key?: readonly string[]
  /**
   * Repairs the rows of one batch. `batch()` is the condition that holds a statement to it, `batch('o')` where the
   * table has an alias. It may be called again for a batch of which nothing was kept.
   */
  readonly run: (tx: FixTransaction, run: FixRun, batch: Batch) => Promise<void> | void
}

/**
 * Gives a script of `scripts/fixes/` its types. A script that is started by itself, `npx tsx scripts/fixes/x.ts`, does
 * what `tide fix run x` does.
 *
 * @example
 * import { defineFix } from 'prisma-tide'
 *
 * export const fix = defineFix({
 *   description: 'gives orders in a currency that is no more the one that took its place',
 *   run: async (tx) => {
 *     await tx.query(`UPDATE orders SET currency_code = 'EUR' WHERE currency_code = 'DEM'`)
 *   },
 * })
 *
 * @example
 * export const fix = defineFix({
 *   description: 'writes e-mail addresses in small letters',
 *   table: 'users',
 *   run: async (tx, run, batch) => {
 *     await tx.query(`UPDATE users SET email = lower(email) WHERE email <> lower(email) AND ${batch()}`)
 *   },
 * })
 */
export function defineFix(definition: FixDefinition): FixDefinition {
  runDirectly()
  return definition
}
