import type { Identity } from '../../postgres/catalog/identities.ts'
import { type Conversion, convertedColumns } from './converted-columns.ts'
import { type FilledNulls, filledNulls } from './filled-nulls.ts'
import { plainName } from './lost-objects.ts'
import { type RenamedValues, renamedFirst } from './renamed-values.ts'
import type { RollbackInput } from './rollback.ts'

/** How the script converted columns, by the names that these had before it: it may have renamed them first. */
export function conversionsByOldName(
  input: RollbackInput,
  ended: readonly Identity[],
): ReadonlyMap<string, Conversion> {
  const names = originalNames(input.before.identities, ended)
  return new Map([...convertedColumns(input.up, input.schema)].map(([name, how]) => [names.get(name) ?? name, how]))
}

/** What the script had renamed where it converted columns, by the names that these had before it. */
export function renamedByOldName(
  input: RollbackInput,
  ended: readonly Identity[],
): ReadonlyMap<string, RenamedValues> {
  const renamed = renamedFirst(input.up, input.schema)
  if (renamed.size === 0) return renamed
  const names = originalNames(input.before.identities, ended)
  return new Map([...renamed].map(([name, values]) => [names.get(name) ?? name, values]))
}

/** What the script put where columns were NULL, by the names that these had before it. */
export function filledByOldName(input: RollbackInput, ended: readonly Identity[]): FilledNulls {
  const filled = filledNulls(input.up, input.schema)
  if (filled.size === 0) return filled
  const names = originalNames(input.before.identities, ended)
  return new Map([...filled].map(([name, text]) => [names.get(name) ?? name, text]))
}

/** From the name that an object has in the end to the one it had. */
export function originalNames(before: readonly Identity[], ended: readonly Identity[]): ReadonlyMap<string, string> {
  const old = new Map(before.map((identity) => [identity.id, plainName(identity)]))
  return new Map(ended.map((identity) => [plainName(identity), old.get(identity.id) ?? plainName(identity)]))
}
