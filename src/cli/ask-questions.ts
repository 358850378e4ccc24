import { type Answers, mergeAnswers, noAnswers } from '../author/answers.ts'
import type { Question } from '../author/question.ts'
import type { Context } from './context.ts'

/** Asks every question at the terminal and gives the answers. */
export async function askQuestions(context: Context, questions: readonly Question[]): Promise<Answers> {
  let answers = noAnswers
  for (const question of questions) answers = mergeAnswers(answers, await askQuestion(context, question))
  return answers
}

const other = ' other'

async function askQuestion(context: Context, question: Question): Promise<Answers> {
  const rows = question.rows === undefined ? '' : ` (${question.rows.toLocaleString('en')} rows)`
  const message = `${question.message}${rows}`
  const isExpression = question.kind === 'fill' || question.kind === 'cast'
  const choices = question.candidates.map(({ answer, reason }) => ({ value: answer, label: answer, hint: reason }))
  const own = isExpression ? [{ value: other, label: 'another SQL expression …' }] : []
  const { flag } = question
  const chosen = await context.prompts.select({ message, flag, choices: [...choices, ...own] })
  const answer = chosen === other ? await askExpression(context, question) : chosen
  return answerOf(question, answer)
}

function askExpression(context: Context, question: Question): Promise<string> {
  return context.prompts.text({
    message: `${question.subject} = (SQL over the row as it is now)`,
    flag: question.flag,
    validate: (text) => (text.trim() === '' ? 'Write an expression, or press Escape to leave.' : undefined),
  })
}

function answerOf({ kind, subject }: Question, answer: string): Answers {
  if (kind === 'delete' || answer === 'delete') return { ...noAnswers, delete: [subject] }
  return { ...noAnswers, [kind]: { [subject]: answer } }
}
