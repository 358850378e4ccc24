import type { Node } from 'libpg-query'

/** One parsed SQL statement and where it stands in its file. */
export interface Statement {
  /** The SQL as written, without surrounding blanks and without the closing semicolon. */
  readonly text: string
  /** The file that it was read from, for messages. */
  readonly file: string
  /** Where `text` begins in the file, in UTF-16 code units (what `String.slice` counts). */
  readonly start: number
  /** From 1. */
  readonly line: number
  /** From 1, in characters. */
  readonly column: number
  /** The parse tree: an object whose only key is `kind`. */
  readonly node: Node
  /** PostgreSQL's name for this kind of statement, such as `AlterTableStmt`. */
  readonly kind: string
}
