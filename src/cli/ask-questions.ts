import { type AnswerKind, type Answers, mergeAnswers, noAnswers } from '../author/answers.ts'
import type { Candidate, Question } from '../author/question.ts'
import type { Context } from './context.ts'

/** What a person answered: in the five kinds, or by choosing to write a draft. */
export interface Asked {
  readonly answers: Answers
  readonly draft: boolean
}

/** Asks at the terminal; a question that another one may answer has its turn in the next round, where it is left. */
export async function askQuestions(context: Context, questions: readonly Question[]): Promise<Asked> {
  let asked: Asked = { answers: noAnswers, draft: false }
  for (const question of questions.filter(({ unlessRenamed }) => unlessRenamed !== true)) {
    const { kind, answer } = await askQuestion(context, question)
    asked =
      kind === 'draft'
        ? { ...asked, draft: true }
        : { ...asked, answers: mergeAnswers(asked.answers, answerOf(kind, question.subject, answer)) }
  }
  return asked
}

const other = ' other'

async function askQuestion(context: Context, question: Question): Promise<Pick<Candidate, 'kind' | 'answer'>> {
  const rows = question.rows === undefined ? '' : ` (${question.rows.toLocaleString('en')} rows)`
  const message = `${question.message}${rows}`
  const isExpression = question.kind === 'fill' || question.kind === 'cast'
  const choices = question.candidates.map(({ kind, answer, reason, flag }) => {
    const label = kind === question.kind || kind === 'delete' || kind === 'draft' ? answer : `${kind} to ${answer}`
    return { value: flag, label, hint: reason }
  })
  const own = isExpression ? [{ value: other, label: 'another SQL expression …' }] : []
  const { flag } = question
  const chosen = await context.prompts.select({ message, flag, choices: [...choices, ...own] })
  const candidate = question.candidates.find((one) => one.flag === chosen)
  return candidate ?? { kind: question.kind, answer: await askExpression(context, question) }
}

function askExpression(context: Context, question: Question): Promise<string> {
  return context.prompts.text({
    message: `${question.subject} = (SQL over the row as it is now)`,
    flag: question.flag,
    validate: (text) => (text.trim() === '' ? 'Write an expression, or press Escape to leave.' : undefined),
  })
}

function answerOf(kind: AnswerKind, subject: string, answer: string): Answers {
  if (kind === 'delete') return { ...noAnswers, delete: [subject] }
  return { ...noAnswers, [kind]: { [subject]: answer } }
}
