import type { CountedQuestion } from '../decisions/decision.ts'
import { candidate } from '../question.ts'
import type { Candidacy, PendingRename } from './rename.ts'

/**
 * "Was it renamed, or does it go?" for each dropped thing, the likeliest answer first. Taken together the
 * likeliest answers fit: no two dropped things become the same one.
 */
export function renameQuestions(pending: readonly PendingRename[]): readonly CountedQuestion[] {
  const matches = matchByScore(pending)
  return pending.map((one) => renameQuestion(one, matches.get(one.key)))
}

/** The best pair first, then the best of what is left; among equals the order in which they stand. */
function matchByScore(pending: readonly PendingRename[]): ReadonlyMap<string, string> {
  const pairs = pending
    .flatMap(({ key, candidates }) =>
      candidates.map((candidate) => ({ key, target: candidate.key, score: candidate.score })),
    )
    .sort((left, right) => right.score - left.score)
  const matches = new Map<string, string>()
  const taken = new Set<string>()
  for (const { key, target } of pairs) {
    if (matches.has(key) || taken.has(target)) continue
    matches.set(key, target)
    taken.add(target)
  }
  return matches
}

function renameQuestion(
  { subject, what, candidates, counts, others = [] }: PendingRename,
  match: string | undefined,
): CountedQuestion {
  const renames = inOrder(candidates, match).map(({ name, reason }) => candidate('rename', subject, name, reason))
  const deletion = candidate('delete', subject, 'delete', 'it goes, with its data')
  const ordered = match === undefined ? [...others, deletion, ...renames] : [...renames, ...others, deletion]
  return {
    kind: 'rename',
    subject,
    message: candidates.some(({ key, isSame }) => isSame === true && key === match)
      ? `The ${what} ${subject} has another name in the database now. Is it renamed there, or deleted with its data and made anew?`
      : `The ${what} ${subject} is no longer in the schema. Was it renamed, or is it deleted with its data?`,
    counts,
    candidates: ordered,
    flag: ordered[0]?.flag ?? deletion.flag,
  }
}

function inOrder(candidates: readonly Candidacy[], match: string | undefined): readonly Candidacy[] {
  const rank = (candidate: Candidacy): number => (candidate.key === match ? 2 : candidate.score)
  return [...candidates].sort((left, right) => rank(right) - rank(left))
}
