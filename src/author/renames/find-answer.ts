import type { Answers } from '../answers.ts'

/** The first of these names that was given as a key, and its answer. */
export function findAnswer(
  record: Readonly<Record<string, string>>,
  subjects: readonly string[],
): { readonly key: string; readonly answer: string } | undefined {
  for (const key of subjects) {
    const answer = Object.hasOwn(record, key) ? record[key] : undefined
    if (answer !== undefined) return { key, answer }
  }
  return undefined
}

/** The first of these names that is to be deleted. */
export function findDeletion(answers: Answers, subjects: readonly string[]): string | undefined {
  return subjects.find((subject) => answers.delete.includes(subject))
}
