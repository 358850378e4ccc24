import type { Answers } from '../answers.ts'
import type { RowCount } from '../count-rows.ts'
import type { Names } from '../names.ts'
import type { Question } from '../question.ts'
import type { Joins } from '../renames/join-tables.ts'
import type { UsedAnswer } from '../renames/rename.ts'
import type { Operation } from '../script/operation.ts'
import type { StartFacts } from '../start-facts.ts'

/** What a decision is taken from. */
export interface DecisionInput {
  readonly operations: readonly Operation[]
  readonly facts: StartFacts
  /** Before the answered casts: what an expression over the row as it was finds. */
  readonly uncast: StartFacts
  readonly names: Names
  readonly answers: Answers
  readonly joins: Joins
  /** Things about which a rename question is open (see `openKey`): they are not asked about a second time. */
  readonly open: readonly string[]
  /** A draft moves rows by hand, so nothing is asked about what goes or what new fields get. */
  readonly draft: boolean
}

/** A question, and how the rows that it concerns are counted. */
export interface CountedQuestion extends Question {
  /** Added up. */
  readonly counts?: readonly RowCount[]
}

/** What one kind of answer makes of the operations. */
export interface Decision {
  readonly operations: readonly Operation[]
  readonly questions: readonly CountedQuestion[]
  readonly used: readonly UsedAnswer[]
}
