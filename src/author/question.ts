import type { AnswerKind } from './answers.ts'

/** Something that only a person can know, asked before anything is written. */
export interface Question {
  readonly kind: AnswerKind
  /** `Model.field`, `Model`, `Enum` or `Enum.VALUE`. */
  readonly subject: string
  /** The question in one sentence. */
  readonly message: string
  /** It is a question only where the answer to another one is not a rename to this field. */
  readonly unlessRenamed?: true
  /** How many rows of the dev database it concerns; absent where that is not known. */
  readonly rows?: number
  /** Answers worth considering, the likeliest first. */
  readonly candidates: readonly Candidate[]
  /** The flag that answers it, as typed, with the likeliest answer in it. */
  readonly flag: string
}

/** One possible answer to a question. */
export interface Candidate {
  /** What kind of answer it is: a dropped field may be renamed or deleted. */
  readonly kind: AnswerKind | 'draft'
  /** The answer itself: a new name, an SQL expression, an enum value; `delete` or `draft` for these two. */
  readonly answer: string
  readonly reason: string
  /** The flag as typed that gives this answer. */
  readonly flag: string
}

/** One of the five answers as a candidate, with its flag. */
export function candidate(kind: AnswerKind, subject: string, answer: string, reason: string): Candidate {
  const value = kind === 'delete' ? subject : `${subject}${kind === 'rename' ? ':' : '='}${answer}`
  return { kind, answer: kind === 'delete' ? 'delete' : answer, reason, flag: flagText(kind, value) }
}

/** A flag and its value, quoted for a shell where it needs to be. */
function flagText(kind: AnswerKind, value: string): string {
  const quoted = /^[\w.:=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
  return `--${kind} ${quoted}`
}
