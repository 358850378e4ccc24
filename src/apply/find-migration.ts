import { nameAmbiguous, nameUnknown } from './errors.ts'
import { nearestName } from '../errors/nearest-name.ts'

/**
 * The migration that a person means: its whole name, or a beginning that only it has.
 * @param group what the names are, for the failure: `applied`, or ''
 * @throws APPLY_NAME_UNKNOWN with the nearest names, APPLY_NAME_AMBIGUOUS
 */
export function findMigration(wanted: string, names: readonly string[], group = ''): string {
  if (names.includes(wanted)) return wanted
  const matches = wanted === '' ? [] : names.filter((name) => name.startsWith(wanted))
  const [only] = matches
  if (only !== undefined && matches.length === 1) return only
  if (matches.length > 1) throw nameAmbiguous(wanted, matches)
  const near = nearestName(wanted, names)
  const containing = wanted === '' ? [] : names.filter((name) => name.includes(wanted))
  throw nameUnknown(wanted, group, [...new Set([...containing.slice(0, 3), ...(near === undefined ? [] : [near])])])
}
