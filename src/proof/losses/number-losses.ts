import { lastPart, ownerOfName, spokenName, splitName } from '../../postgres/catalog/names.ts'
import type { Loss } from '../proof.ts'
import type { NumberedColumn, Snapshot } from '../snapshot/snapshot.ts'

/**
 * Columns whose sequence goes on with numbers that rows have, and did not so before: an INSERT that leaves the number
 * to it stops there.
 */
export function numberLosses(before: Snapshot, after: Snapshot): readonly Loss[] {
  const taken = new Set(before.numbers.filter((one) => takenNumbers(one, before) > 0).map(({ column }) => column))
  return after.numbers.flatMap((numbered) => {
    const rows = taken.has(numbered.column) ? 0 : takenNumbers(numbered, after)
    if (rows === 0) return []
    const object = spokenName(splitName(numbered.column))
    return [{ object, rows, reason: 'its sequence goes on with numbers that rows have already' }]
  })
}

/** The rows whose number the sequence has not given yet. */
function takenNumbers({ column, next, increment }: NumberedColumn, { tables }: Snapshot): number {
  const table = tables.find(({ name }) => name === ownerOfName(column))
  const [name = ''] = splitName(lastPart(column))
  const place = table?.columns.indexOf(name) ?? -1
  const isUp = !increment.startsWith('-')
  const values = (table?.rows ?? []).flatMap((row) => (/^-?\d+$/.test(row[place] ?? '') ? [BigInt(row[place] ?? '')] : []))
  return values.filter((value) => (isUp ? value >= BigInt(next) : value <= BigInt(next))).length
}
