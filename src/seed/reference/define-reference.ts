import type { RemovedPolicy } from './declared.ts'

/** The reference data of one model, as a module declares it. */
export interface ReferenceDefinition<Row extends object = Readonly<Record<string, unknown>>> {
  /** The fields of the natural key; the first unique set that every row declares where it is left out. */
  readonly key?: readonly (keyof Row & string)[]
  /** What becomes of rows that Tide wrote and that stand here no longer; `keep` where it is left out. */
  readonly removed?: RemovedPolicy
  readonly rows: readonly Row[]
}

/**
 * Gives `seed/reference/<Model>.ts` its types. Values are texts, numbers, bigints, booleans, dates, bytes, lists,
 * objects (of JSON fields, or the key of a relation) and null.
 *
 * @example
 * export const reference = defineReference({
 *   removed: 'delete',
 *   rows: ['EUR', 'USD'].map((code) => ({ code, name: code })),
 * })
 */
export function defineReference<const Row extends object>(
  definition: ReferenceDefinition<Row>,
): ReferenceDefinition<Row> {
  return definition
}
