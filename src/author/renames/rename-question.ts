import { flagText, type Question } from '../question.ts'
import type { Candidacy } from './rename.ts'

/** "Was it renamed, or does it go?", with the candidates by likelihood and the deletion last. */
export function renameQuestion(subject: string, what: string, candidates: readonly Candidacy[]): Question {
  const byScore = [...candidates].sort((left, right) => right.score - left.score)
  const answers = byScore.map((candidate) => ({
    answer: candidate.name,
    reason: candidate.reason,
    flag: flagText('rename', `${subject}:${candidate.name}`),
  }))
  return {
    kind: 'rename',
    subject,
    message: `The ${what} ${subject} is no longer in the schema. Was it renamed, or is it deleted with its data?`,
    candidates: [
      ...answers,
      { answer: 'delete', reason: 'it goes, with its data', flag: flagText('delete', subject) },
    ],
    flag: answers[0]?.flag ?? flagText('delete', subject),
  }
}
