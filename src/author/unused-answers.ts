import type { Answers } from './answers.ts'
import { answerKinds } from './answers.ts'
import { answersUnused } from './errors.ts'
import { fieldSubject, type Names } from './names.ts'
import type { Question } from './question.ts'
import type { UsedAnswer } from './renames/rename.ts'
import type { Operation } from './script/operation.ts'

/**
 * An answer that nothing asked for is a slip of the pen, not something to pass over. While questions
 * are open, answers may wait for those that come after; then nothing is refused yet.
 * @throws AUTHOR_ANSWER_UNUSED
 */
export function checkAnswersUsed(
  answers: Answers,
  used: readonly UsedAnswer[],
  questions: readonly Question[],
  operations: readonly Operation[],
  names: Names,
): void {
  if (questions.length > 0) return
  const known = new Set(used.map((answer) => `${answer.kind} ${answer.key}`))
  const unused = answerKinds.flatMap((kind) => {
    const given = answers[kind]
    const keys = Array.isArray(given) ? (given as readonly string[]) : Object.keys(given)
    return keys.filter((key) => !known.has(`${kind} ${key}`)).map((key) => `--${kind} ${key}`)
  })
  if (unused.length > 0) throw answersUnused(unused, concerned(operations, names))
}

/** The fields that the change touches, to choose the right name from. */
function concerned(operations: readonly Operation[], names: Names): readonly string[] {
  const fields = operations.flatMap((operation) =>
    operation.kind === 'alter-table'
      ? operation.clauses.flatMap((clause) => ('column' in clause ? [fieldSubject(names, operation.table, clause.column)] : []))
      : [],
  )
  return [...new Set(fields)].slice(0, 12)
}
