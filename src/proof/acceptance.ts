import type { Directive } from '../history/directives.ts'
import { type Proof, type Verdict, verdicts } from './proof.ts'

/** What a proof shows besides an exact way back: each needs an acceptance of its own. */
export function aspectsOf(proof: Pick<Proof, 'verdict' | 'losses'>): readonly Verdict[] {
  const shown = new Set<Verdict>([proof.verdict, ...(proof.losses.length > 0 ? ['lossy' as const] : [])])
  return verdicts.filter((verdict) => verdict !== 'exact' && shown.has(verdict))
}

/** The verdicts that `-- tide: allow lossy reason="…"` and its like accept. */
export function allowedAspects(directives: readonly Directive[]): readonly Verdict[] {
  const words = directives.flatMap((directive) => (directive.verb === 'allow' ? directive.words : []))
  return verdicts.filter((verdict) => verdict !== 'exact' && words.includes(verdict))
}

/** What a proof shows and nobody has accepted; empty: nothing to say. */
export function aspectsBeyond(proof: Pick<Proof, 'verdict' | 'losses'>, directives: readonly Directive[]): readonly Verdict[] {
  const allowed = allowedAspects(directives)
  return aspectsOf(proof).filter((aspect) => !allowed.includes(aspect))
}
