import { type Answers, mergeAnswers, noAnswers } from '../../src/author/answers.ts'
import type { Question } from '../../src/author/question.ts'
import type { VisibleRename } from './visible-renames.ts'

/**
 * The answers that the person's own migration gives: its renames; what it did not rename is deleted.
 * Where only an expression would do, the neutral one: no row needs a fill, a cast or a value is the
 * first that the planner offers, so that the planner's statements can be held against Prisma's.
 */
export function answerQuestions(questions: readonly Question[], renames: readonly VisibleRename[]): Answers {
  return questions.map((question) => answerQuestion(question, renames)).reduce(mergeAnswers, noAnswers)
}

/** The rename of the person's that a question asks about. */
export function renameAskedBy(question: Question, renames: readonly VisibleRename[]): VisibleRename | undefined {
  return question.kind === 'rename' ? renames.find((rename) => rename.subjects.includes(question.subject)) : undefined
}

function answerQuestion(question: Question, renames: readonly VisibleRename[]): Answers {
  const { subject, candidates } = question
  const first = candidates[0]?.answer
  switch (question.kind) {
    case 'rename': {
      const rename = renameAskedBy(question, renames)
      if (rename === undefined) return { ...noAnswers, delete: [subject] }
      return { ...noAnswers, rename: { [subject]: rename.answer } }
    }
    case 'delete':
      return { ...noAnswers, delete: [subject] }
    case 'fill':
      return { ...noAnswers, fill: { [subject]: 'none' } }
    case 'cast':
      return first === undefined ? noAnswers : { ...noAnswers, cast: { [subject]: first } }
    case 'map':
      return first === undefined ? noAnswers : { ...noAnswers, map: { [subject]: first } }
  }
}
