import { describe, expect, it } from 'vitest'
import type { Candidacy, PendingRename } from '../../../src/author/renames/rename.ts'
import { renameQuestions } from '../../../src/author/renames/rename-question.ts'

describe('renameQuestions', () => {
  it('puts the likeliest first and the deletion last', () => {
    const [question] = renameQuestions([pending('A.x', [['low', 0.2], ['high', 0.9], ['middle', 0.5]])])
    expect(question?.candidates.map(({ kind, answer }) => `${kind} ${answer}`)).toEqual([
      'rename high',
      'rename middle',
      'rename low',
      'delete delete',
    ])
    expect(question?.flag).toBe('--rename A.x:high')
    expect(question?.message).toBe('The field A.x is no longer in the schema. Was it renamed, or is it deleted with its data?')
  })

  it('proposes nothing twice: the best pair first, then what is left, and a deletion for who is left over', () => {
    const questions = renameQuestions([
      pending('A.x', [['one', 0.8], ['two', 0.3]]),
      pending('A.y', [['one', 0.9], ['two', 0.4]]),
      pending('A.z', [['one', 0.1]]),
    ])
    expect(questions.map(({ flag }) => flag)).toEqual(['--rename A.x:two', '--rename A.y:one', '--delete A.z'])
    expect(questions[2]?.candidates.map(({ answer }) => answer)).toEqual(['delete', 'one'])
  })

  it('takes equals in the order in which they stand', () => {
    const both: [string, number][] = [['one', 0.5], ['two', 0.5]]
    expect(renameQuestions([pending('A.x', both), pending('A.y', both)]).map(({ flag }) => flag)).toEqual([
      '--rename A.x:one',
      '--rename A.y:two',
    ])
  })

  it('says so where only the name in the database is another', () => {
    const same = { ...pending('A.x', []), candidates: [{ key: 'x', name: 'x', reason: '', score: 1, isSame: true }] }
    expect(renameQuestions([same])[0]?.message).toContain('has another name in the database now')
  })
})

function pending(subject: string, candidates: readonly (readonly [name: string, score: number])[]): PendingRename {
  const candidacies = candidates.map(([name, score]): Candidacy => ({ key: name, name, reason: '', score }))
  return { subject, what: 'field', key: subject, candidates: candidacies, counts: [] }
}
