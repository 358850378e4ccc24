import { spokenName, splitName } from '../../postgres/catalog/names.ts'
import type { Loss } from '../proof.ts'
import type { RowDifference } from '../snapshot/compare-rows.ts'

/** What is not as before in the rows. */
export function rowLosses(differences: readonly RowDifference[]): readonly Loss[] {
  return differences.flatMap(({ table, gone, added, columns, keys }) => {
    const parts = splitName(table)
    const object = spokenName(parts)
    const isThere = 'rows are there after the rollback that were not before'
    return [
      ...(gone === 0 ? [] : [{ object, rows: gone, reason: 'rows are gone after the rollback', ...where(keys.gone) }]),
      ...(added === 0 ? [] : [{ object, rows: added, reason: isThere, ...where(keys.added) }]),
      ...columns.map(({ column, rows, emptied }) => ({
        object: spokenName([...parts, column]),
        rows,
        reason: emptied === rows ? 'is NULL after the rollback' : 'has another value after the rollback',
        ...where(keys.changed),
      })),
    ]
  })
}

function where(keys: readonly string[]): { readonly keys?: readonly string[] } {
  return keys.length === 0 ? {} : { keys }
}
