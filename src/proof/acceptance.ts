import type { Directive } from '../history/directives.ts'
import type { Migration } from '../history/read-history.ts'
import { type Proof, type Verdict, verdicts } from './proof.ts'

/** What a proof shows besides an exact way back: each needs an acceptance of its own. */
export function aspectsOf(proof: Pick<Proof, 'verdict' | 'losses'>): readonly Verdict[] {
  const shown = new Set<Verdict>([proof.verdict, ...(proof.losses.length > 0 ? ['lossy' as const] : [])])
  return verdicts.filter((verdict) => verdict !== 'exact' && shown.has(verdict))
}

/** Where acceptances stand. */
export type Accepting = Pick<Migration, 'directives' | 'downDirectives'>

/**
 * The `allow` directives of a migration: from the head of its `migration.sql`, and from that of its `down.sql`, since
 * nobody may touch a `migration.sql` that was applied.
 */
export function allowDirectives({ directives, downDirectives }: Accepting): readonly Directive[] {
  return [...directives, ...downDirectives].filter(({ verb }) => verb === 'allow')
}

/** The verdicts that `-- tide: allow lossy reason="…"` and its like accept. */
function allowedAspects(migration: Accepting): readonly Verdict[] {
  const words = allowDirectives(migration).flatMap((directive) => directive.words)
  return verdicts.filter((verdict) => verdict !== 'exact' && words.includes(verdict))
}

/** What a proof shows and nobody has accepted; empty: nothing to say. */
export function aspectsBeyond(proof: Pick<Proof, 'verdict' | 'losses'>, migration: Accepting): readonly Verdict[] {
  const allowed = allowedAspects(migration)
  return aspectsOf(proof).filter((aspect) => !allowed.includes(aspect))
}
