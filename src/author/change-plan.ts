import type { SchemaFile } from '../prisma/schema-text.ts'
import type { DifferenceFilters } from '../prisma/engine.ts'
import type { Connection } from '../postgres/connect.ts'
import type { Answers } from './answers.ts'
import type { Question } from './question.ts'
import type { StartingPoint } from './starting-point.ts'

/** Opens the dev database, hands it to what needs it, and closes it. */
export type LendData = <Result>(use: (connection: Connection) => Promise<Result>) => Promise<Result>

/** What a change of the schema is planned from. */
export interface ChangeInput {
  readonly start: StartingPoint
  /** The schema as it is now. */
  readonly schema: readonly SchemaFile[]
  /** The script from the start to the schema, where its computation was begun before. */
  readonly difference?: Promise<string>
  /** The schema as it was at the last migration, where that is known. */
  readonly previous?: readonly SchemaFile[]
  readonly answers: Answers
  /** Lends the dev database, only to be read, where a question is open: for the number of rows that it concerns. */
  readonly data?: LendData
  readonly filters?: DifferenceFilters
  /** Write what the answers cannot express as a draft with a data step to fill in. */
  readonly draft?: boolean
}

/** What is to be done, or what must be answered first. */
export interface ChangePlan {
  /** The whole of `migration.sql`; '' where nothing differs or questions are open. */
  readonly sql: string
  readonly questions: readonly Question[]
  /** What a person should know: drift that is left alone, objects that go with a column. */
  readonly notes: readonly string[]
  /** True where the migration has a hole that a person must fill. */
  readonly isDraft: boolean
  /** The unique indexes and constraints that it adds, to look for duplicates before. */
  readonly adds: readonly AddedUnique[]
}

/** A unique index over columns that may hold duplicates. Names as the migration sees them when it makes the index. */
export interface AddedUnique {
  readonly name: string
  readonly table: string
  readonly columns: readonly string[]
  readonly statement: string
}
