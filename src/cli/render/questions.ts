import type { Question } from '../../author/question.ts'
import type { Colors } from '../colors.ts'

/** Every open question with its rows, its candidates and the flags that answer it. */
export function renderQuestions(questions: readonly Question[], colors: Colors): readonly string[] {
  const count = questions.length === 1 ? 'One question' : `${String(questions.length)} questions`
  const mayVanish = questions.some(({ unlessRenamed }) => unlessRenamed)
  return [
    colors.bold(`${count} that only a person can answer; nothing was written.`),
    ...questions.flatMap((question) => ['', ...renderQuestion(question, colors)]),
    '',
    `Run the command again with one flag for each${mayVanish ? ' that remains' : ''}, or with --answers FILE.`,
  ]
}

function renderQuestion(question: Question, colors: Colors): readonly string[] {
  const rows = question.rows === undefined ? '' : colors.dim(` (${rowCount(question.rows)} in the dev database)`)
  const flags = question.candidates.length === 0 ? [{ flag: question.flag, reason: '' }] : question.candidates
  const width = Math.min(64, Math.max(...flags.map(({ flag }) => flag.length)))
  return [
    `${colors.cyan(question.kind.padEnd(6))}  ${question.message}${rows}`,
    ...flags.map(({ flag, reason }) => `        ${flag.padEnd(width)}  ${colors.dim(reason)}`.trimEnd()),
  ]
}

function rowCount(rows: number): string {
  return rows === 1 ? '1 row' : `${rows.toLocaleString('en')} rows`
}
