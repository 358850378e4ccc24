/** A database in which a run would begin from nothing, as far as another one that looks the same is concerned. */
export interface Place {
  /** All that the result follows from besides the run, as plain data: catalog, ledger, sequences. */
  readonly looks: unknown
  /** Rows that belong to this database alone, whatever it is filled with. */
  readonly books: readonly Book[]
}

/** A table of what was recorded: the ledger, or one of the schema `tide`. */
export interface Book {
  readonly schema: string
  readonly name: string
  /** A JSON list. */
  readonly rows: string
  readonly sequences: readonly BookSequence[]
}

/** Where the numbering of a book stands. */
export interface BookSequence {
  readonly schema: string
  readonly name: string
  readonly last: string
  readonly isCalled: boolean
}

/** Books that a run itself writes of the rows it made: they belong to the rows. */
export const booksOfRows: readonly string[] = ['reference_row', 'seed_table']

/** Runs that began: those of the database and those of the rows stand side by side. */
export const runBook = 'seed_run'

/** Every run that was finished. A database that was never seeded has none. */
export const historyBook = 'seed_history'
