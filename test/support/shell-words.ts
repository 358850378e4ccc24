import { execFileSync } from 'node:child_process'
import { type Answers, type AnswerFlags, answerKinds, readAnswerFlags } from '../../src/author/answers.ts'
import type { ChangePlan } from '../../src/author/change-plan.ts'

/** What a person's shell makes of flags pasted into it: the words that the command gets. */
export function shellWords(flags: readonly string[]): readonly string[] {
  const line = flags.join(' ')
  // What means the same in every shell need not be asked of one.
  if (plainLine.test(line)) return (line.match(plainWord) ?? []).map((word) => word.replaceAll("'", ''))
  const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
  return printed.split('\0').slice(0, -1)
}

/** Of letters, digits, signs that no shell reads, and texts in single quotes. */
const plainLine = /^(?:[\w.:=,/@%+ -]|'[^']*')*$/
const plainWord = /(?:[\w.:=,/@%+-]|'[^']*')+/g

/** Flags as they stand in questions, pasted into a shell and read by the command. */
export function pasteFlags(flags: readonly string[]): { readonly answers: Answers; readonly draft: boolean } {
  const words = shellWords(flags)
  const values = Object.fromEntries(
    answerKinds.map((kind) => [kind, words.flatMap((word, at) => (words[at - 1] === `--${kind}` ? [word] : []))]),
  ) satisfies AnswerFlags
  return { answers: readAnswerFlags(values), draft: words.includes('--draft') }
}

/** Answers every question with its flag until none is left. */
export async function answerByPasting(
  plan: (answers: Answers) => Promise<ChangePlan>,
  start: Answers,
  merge: (earlier: Answers, later: Answers) => Answers,
): Promise<{ readonly plan: ChangePlan; readonly answers: Answers }> {
  let answers = start
  for (let round = 0; round < 8; round++) {
    const planned = await plan(answers)
    if (planned.questions.length === 0) return { plan: planned, answers }
    const now = planned.questions.filter(({ unlessRenamed }) => unlessRenamed !== true)
    answers = merge(answers, pasteFlags(now.map(({ flag }) => flag)).answers)
  }
  throw new Error(`Questions without end: ${JSON.stringify(answers)}`)
}
