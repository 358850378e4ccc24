/**
 * The condition that holds a statement to one batch, as SQL to put behind WHERE or AND. Without an argument the columns
 * carry the table's name; an alias is given where the statement has one: `UPDATE "User" AS u … WHERE ${batch('u')}`.
 */
export type Batch = (alias?: string) => string

/** Why a data step cannot be undone: `tide down` tells it, and goes on only with --accept-loss. */
export interface NoWayBack {
  readonly reason: string
}

/**
 * A way back that needs no statement: what these columns (with `model`: fields) held is recorded for each row, in the
 * transaction of its batch, and put back by `tide down`. It costs about a second write for each row.
 */
export interface RecordedUndo {
  readonly restore: readonly string[]
}

/** The rows of a query, by column name, as the driver reads them. */
export interface QueryResult {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** Rows returned or changed. */
  readonly rowCount: number
}

/** What a function of a data step is given. Everything happens in the one transaction of the batch. */
export interface DataContext<Client = unknown> {
  /** The Prisma Client of that moment: its schema is the one beside the data step. */
  readonly client: Client
  /** Runs one statement in the same transaction, with `$1` and so on for the values. */
  readonly query: (text: string, values?: readonly unknown[]) => Promise<QueryResult>
}

interface DataStepBase {
  /** What it does, for people: told by `tide data status`. */
  readonly description?: string
  /** A query that gives the rows still to do: it finds none when the step is done. */
  readonly check: string
}

/** A data step of SQL: one statement (or several) per batch. The fastest form. */
export interface SqlDataStep extends DataStepBase {
  /** The table whose rows are cut into batches: `User`, or `shop.User` with its schema. As the database calls it. */
  readonly table: string
  readonly model?: undefined
  /** The columns of the primary key, or of a unique index without NULLs, that batches follow. */
  readonly key?: readonly string[]
  readonly up: (batch: Batch) => string | readonly string[]
  readonly down: ((batch: Batch) => string | readonly string[]) | RecordedUndo | NoWayBack
}

/** A data step over typed rows: a function that gets the rows of one batch, locked, in the order of their key. */
export interface RowsDataStep<Client, Model extends string, Row> extends DataStepBase {
  /** The model whose rows are cut into batches. */
  readonly model: Model
  readonly table?: undefined
  /** The fields of the identifier, or of a unique index without NULLs, that batches follow. */
  readonly key?: readonly string[]
  readonly up: (rows: readonly Row[], context: DataContext<Client>) => Promise<unknown>
  readonly down: ((rows: readonly Row[], context: DataContext<Client>) => Promise<unknown>) | RecordedUndo | NoWayBack
}

/** A data step that is one transaction: for small tables, or what must happen at once. */
export interface TransactionDataStep<Client> extends DataStepBase {
  readonly table?: undefined
  readonly model?: undefined
  readonly up: (context: DataContext<Client>) => Promise<unknown>
  readonly down: ((context: DataContext<Client>) => Promise<unknown>) | NoWayBack
}

/** How Prisma's clients tell the types of a model: every delegate has them under a symbol. */
type Delegate<Name, Row> = Readonly<
  Record<
    symbol,
    { readonly meta: { readonly name: Name }; readonly types: { readonly payload: { readonly scalars: Row } } }
  >
>

type RowsStepOf<Client, Model> =
  Model extends Delegate<infer Name extends string, infer Row> ? RowsDataStep<Client, Name, Row> : never

/** Its own methods begin with `$`; every other member is a delegate. */
type ModelKeys<Client> = Exclude<keyof Client, `$${string}` | symbol | number>

type RowsSteps<Client> = { readonly [Key in ModelKeys<Client>]: RowsStepOf<Client, Client[Key]> }[ModelKeys<Client>]

/** One of the three forms. */
export type DataStep<Client> = SqlDataStep | TransactionDataStep<Client> | RowsSteps<Client>

/**
 * Gives a data step its types. The default export of `data.ts`, beside the `migration.sql` that it follows.
 *
 * @example
 * import { defineData } from 'prisma-tide'
 *
 * export default defineData({
 *   table: 'User',
 *   up: (batch) => `UPDATE "User" SET "firstName" = split_part("fullName", ' ', 1) WHERE ${batch()}`,
 *   down: (batch) => `UPDATE "User" SET "firstName" = NULL WHERE ${batch()}`,
 *   check: 'SELECT id FROM "User" WHERE "firstName" IS NULL',
 * })
 */
export function defineData<Client = unknown>(step: DataStep<Client>): DataStep<Client> {
  return step
}
