import type { AnswerKind } from '../answers.ts'
import type { RowCount } from '../count-rows.ts'
import type { Candidate } from '../question.ts'
import type { ObjectName } from '../script/operation.ts'

/** An answer that was used, as it goes into the migration's head. */
export interface UsedAnswer {
  readonly kind: AnswerKind
  /** The key as the person wrote it in the answers. */
  readonly key: string
  /** The subject as it is shown. */
  readonly subject: string
  readonly answer: string
}

/** One ALTER … RENAME that replaces a drop and a creation. */
export interface Rename {
  readonly statements: readonly string[]
  /** The answer that asked for it; undefined where it follows from another rename. */
  readonly used: UsedAnswer | undefined
  /** What gets the new name, by its `openKey`: two renames cannot have the same. */
  readonly target: string
  /** For a table or an enum: what it was called and what it is called now. */
  readonly object?: { readonly before: ObjectName; readonly now: ObjectName }
  /** For a column: its table as it is called now, and its names. */
  readonly column?: { readonly table: ObjectName; readonly before: string; readonly now: string }
  /** A join table whose columns "A" and "B" change places. */
  readonly swapped?: ObjectName
}

/** What the renames of one kind of thing come to. */
export interface RenameResult {
  readonly renames: readonly Rename[]
  readonly pending: readonly PendingRename[]
}

/** A dropped thing that may have been renamed: nobody has said so yet. */
export interface PendingRename {
  readonly subject: string
  /** What it is, for the question: `model`, `field`, `enum`, `enum value`. */
  readonly what: string
  /** Its `openKey`. Neither it nor a candidate is asked about in another kind until this is answered. */
  readonly key: string
  readonly candidates: readonly Candidacy[]
  /** The rows that it concerns. */
  readonly counts: readonly RowCount[]
  /** Answers of other kinds, besides the deletion. */
  readonly others?: readonly Candidate[]
}

/** A created thing that a dropped one may have become. */
export interface Candidacy {
  /** Its `openKey`. */
  readonly key: string
  readonly name: string
  readonly reason: string
  /** True for the same thing of the schema under another name in the database. */
  readonly isSame?: boolean
  /** From 0 to 1. */
  readonly score: number
}

/** Nothing was renamed. */
export const noRenames: RenameResult = { renames: [], pending: [] }

/** All together. */
export function joinRenames(results: readonly RenameResult[]): RenameResult {
  return {
    renames: results.flatMap((result) => result.renames),
    pending: results.flatMap((result) => result.pending),
  }
}

/** The key under which an object, or a part of it, is held back while a question about it is open. */
export function openKey(object: ObjectName, part?: string): string {
  return JSON.stringify(part === undefined ? [object.schema, object.name] : [object.schema, object.name, part])
}
