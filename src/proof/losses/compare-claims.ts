import { lastPart, ownerOfName, spokenName, splitName } from '../../postgres/catalog/names.ts'
import type { Loss } from '../proof.ts'

/** Losses with the words of `down.sql`, and what it says without being right. */
export interface ComparedClaims {
  readonly losses: readonly Loss[]
  readonly notes: readonly string[]
}

/**
 * Lays what a `down.sql` says of itself beside what was measured. A claim that names the object of a loss is its
 * reason. One that names nothing which was lost counts all the same, with no rows: it may speak of rows that the
 * rehearsal did not have; but it is told.
 */
export function compareClaims(measured: readonly Loss[], claims: readonly string[]): ComparedClaims {
  const used = new Set<string>()
  const losses = measured.map((loss) => {
    const claim = claimOf(loss.object, claims)
    if (claim === undefined) return loss
    used.add(claim)
    return { ...loss, reason: claim }
  })
  const [only] = claims
  // A reason in free words belongs to the loss where there is but one of each.
  if (measured.length > 0 && used.size === 0 && claims.length === 1 && only !== undefined) {
    return { losses: measured.map((loss) => ({ ...loss, reason: only })), notes: [] }
  }
  const unproven = claims.filter((claim) => !used.has(claim))
  return {
    losses: [...losses, ...unproven.map((claim) => ({ object: objectIn(claim), rows: 0, reason: claim }))],
    notes: unproven.map((claim) => `its down.sql says "${claim}", but the rehearsal lost nothing of the kind`),
  }
}

/** Losses of which no row tells and no claim speaks, and that are not measured already. */
export function untoldLosses(
  unshown: readonly Loss[],
  measured: readonly Loss[],
  claims: readonly string[],
): readonly Loss[] {
  const isWithin = (part: string, whole: string): boolean => part === whole || part.startsWith(`${whole}.`)
  const isMeasured = (object: string): boolean =>
    measured.some((loss) => isWithin(object, loss.object) || isWithin(loss.object, object))
  return unshown.filter(({ object }) => !isMeasured(object) && !claims.some((claim) => names(claim, object)))
}

/** The one that speaks of the object itself rather than of what it stands in. */
function claimOf(object: string, claims: readonly string[]): string | undefined {
  const whole = spokenName(splitName(object))
  const own = claims.find((claim) => hasWord(claim, whole) || lists(claim, object))
  return own ?? claims.find((claim) => names(claim, object))
}

/** True for `values of public.users (a, b) were overwritten` and the column `public.users.b`. */
function lists(claim: string, column: string): boolean {
  const [, table = '', columns = ''] = tideClaim.exec(claim) ?? []
  return table === ownerOfName(column) && hasWord(columns, lastPart(column))
}

/**
 * True where the claim speaks of the object, with its schema or without, or of what it stands in; with the quotes of
 * `spokenName`, or with none at all, as somebody may write it.
 */
function names(claim: string, object: string): boolean {
  const parts = splitName(object)
  const [, ...brief] = parts
  // A name alone may be any word of a sentence that tells another object by its whole name.
  const isTelling = brief.length > 1 || (brief.length === 1 && objectIn(claim) === '')
  const forms = [parts, ...(isTelling ? [brief] : []), ...(parts.length === 3 ? [parts.slice(0, 2)] : [])]
  return [object, ...forms.flatMap((form) => [spokenName(form), form.join('.')])].some((form) => hasWord(claim, form))
}

function hasWord(text: string, word: string): boolean {
  const isPart = (character: string | undefined): boolean => /[\w.]/u.test(character ?? ' ')
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isPart(text[at - 1]) && !isPart(text[at + word.length])) return true
  }
  return false
}

/** `public.users.fax` in "values of public.users.fax are not kept", and the first such name of another sentence. */
function objectIn(claim: string): string {
  const [, own] = tideClaim.exec(claim) ?? []
  return own ?? /(?:"(?:[^"]|"")+"|\b[\w$]+)(?:\.(?:"(?:[^"]|"")+"|[\w$]+))+/u.exec(claim)?.[0] ?? ''
}

/** As Tide writes it: `values of public.users (a, b) were overwritten`. What stands in quotes is one word. */
const tideClaim =
  /^(?:rows|values) (?:of|were inserted into) ((?:"(?:[^"]|"")*"|[^"(])+?)(?: \(((?:"(?:[^"]|"")*"|[^"])*)\))? (?:are|were|and) /u
