import type { AnswerKind } from '../answers.ts'
import type { Question } from '../question.ts'
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
  readonly used: UsedAnswer
  /** For a table or an enum: what it was called and what it is called now. */
  readonly object?: { readonly before: ObjectName; readonly now: ObjectName }
}

/** What the renames of one difference come to. */
export interface RenameResult {
  readonly renames: readonly Rename[]
  readonly questions: readonly Question[]
  /**
   * What an open question is about: neither the dropped thing nor a candidate is asked about
   * in another kind until it is answered. Tables and enums as `name`, columns as `table.column`.
   */
  readonly open: readonly string[]
}

/** A dropped thing, or a created one that it may have become. */
export interface Candidacy {
  readonly name: string
  readonly reason: string
  /** From 0 to 1. */
  readonly score: number
}

/** All together. */
export function joinRenames(results: readonly RenameResult[]): RenameResult {
  return {
    renames: results.flatMap((result) => result.renames),
    questions: results.flatMap((result) => result.questions),
    open: results.flatMap((result) => result.open),
  }
}

/** The key under which an object is held back while a question about it is open. */
export function openKey(object: ObjectName, part?: string): string {
  return JSON.stringify(part === undefined ? [object.schema, object.name] : [object.schema, object.name, part])
}
