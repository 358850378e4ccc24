import { nearestName } from '../errors/nearest-name.ts'
import { type Directive, renderDirective } from '../history/directives.ts'
import type { Migration } from '../history/read-history.ts'
import { allowDirectives, aspectsBeyond, aspectsOf } from './acceptance.ts'
import type { Finding } from './finding.ts'
import { type Proof, type Verdict, verdicts } from './proof.ts'
import { isCurrent, type ProofState, readProofs } from './record/read-proofs.ts'

/** What `checkProofs` looks at. */
export interface CheckOptions {
  readonly history: readonly Migration[]
  /** What runs in an empty rehearsal before the first migration. */
  readonly setup?: string
  /** Only these migrations, by name. */
  readonly names?: ReadonlySet<string>
}

/** What is to say of the proofs of a history: from its files alone, with no database. Empty: nothing. */
export function checkProofs({ history, setup, names }: CheckOptions): readonly Finding[] {
  return readProofs(history, setup)
    .filter(({ migration }) => names?.has(migration.name) ?? true)
    .flatMap((state) => [...proofFindings(state), ...allowFindings(state)])
}

function proofFindings(state: ProofState): readonly Finding[] {
  const { migration, proof, stale, isUnreadable } = state
  const verify = `tide verify ${migration.name}`
  if (proof === undefined) {
    const what = isUnreadable === true
      ? 'Its proof.json is none: it cannot be read, contradicts itself, or is of another version of Tide.'
      : 'It has no proof: nobody knows whether its rollback works.'
    return [finding(migration, 'proof-missing', what, `Run: ${verify}`)]
  }
  if (stale.length > 0) {
    const what = stale.join(', ')
    return [finding(migration, 'proof-stale', `Its proof no longer holds: ${what} changed since.`, `Run: ${verify}`)]
  }
  return aspectsBeyond(proof, migration).map((aspect) => ({
    ...finding(migration, `proof-${aspect}`, messageOf(aspect, proof), saferThan(aspect)),
    line: aspect === 'fails' ? lineOf(proof) : 1,
  }))
}

function finding(migration: Migration, rule: string, message: string, safer: string): Finding {
  return { rule, severity: 'error', migration: migration.name, statement: '', line: 1, message, locks: [], safer }
}

function messageOf(aspect: Verdict, { losses, reasons, hazards }: Proof): string {
  if (aspect === 'fails') {
    const breaking = hazards.filter(({ outcome }) => outcome === 'breaks')
    const rows = breaking.map(({ rows: what, object }) => `${what} in ${object}`)
    // The reasons of these have the words of PostgreSQL behind them.
    const others = reasons.filter((reason) => !rows.some((row) => reason.startsWith(`it stops at ${row}`)))
    return `${sentence([...(rows.length === 0 ? [] : [`it stops at ${rows.join(', at ')}`]), ...others].join('; '))}.`
  }
  if (aspect === 'irreversible') return `${sentence(reasons.join('; '))}.`
  const lost = losses.map(({ object, rows, reason }) => {
    const what = object === '' ? reason : `${object}: ${reason}`
    return rows === 0 ? what : `${what} (${String(rows)} of the rehearsed rows)`
  })
  return `Its rollback does not bring everything back: ${lost.join('; ')}.`
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Of the first statement that stops. */
function lineOf({ hazards }: Proof): number {
  return hazards.find(({ outcome }) => outcome === 'breaks')?.error?.line ?? 1
}

function saferThan(aspect: Verdict): string {
  const accept = `or accept it in the head of migration.sql, or of down.sql where it was applied: -- tide: allow ${aspect} reason="…"`
  if (aspect === 'fails') return `Mend the rows first (proof.json has the SQL that finds them), ${accept}`
  return aspect === 'lossy' ? `Let down.sql bring it back, ${accept}` : `Write a down.sql, ${accept}`
}

/** An acceptance of what is not there hides the day on which it is. */
function allowFindings(state: ProofState): readonly Finding[] {
  const { migration, proof } = state
  return allowDirectives(migration).flatMap((directive) =>
    directive.words.flatMap((word) => {
      if (!isAspect(word)) return [unknownWord(migration, directive, word)]
      if (proof === undefined || !isCurrent(state) || aspectsOf(proof).some((aspect) => aspect === word)) return []
      const message = `It accepts "${word}", and its proof shows nothing of the kind.`
      return [about(migration, directive, 'allow-unused', message, 'Take the directive out.')]
    }),
  )
}

function isAspect(word: string): boolean {
  return word !== 'exact' && verdicts.some((verdict) => verdict === word)
}

function unknownWord(migration: Migration, directive: Directive, word: string): Finding {
  const known = verdicts.filter((verdict) => verdict !== 'exact')
  const nearest = nearestName(word, known)
  const safer = nearest === undefined ? `What can be accepted: ${known.join(', ')}.` : `Did you mean ${nearest}?`
  return about(migration, directive, 'allow-unknown', `It accepts "${word}", which no rule is called.`, safer)
}

function about(migration: Migration, directive: Directive, rule: string, message: string, safer: string): Finding {
  const { line } = directive
  return { ...finding(migration, rule, message, safer), severity: 'warning', statement: renderDirective(directive), line }
}
