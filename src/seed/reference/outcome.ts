import type { Connection } from '../../postgres/connect.ts'
import { tableKey } from '../plan/table-key.ts'
import { placeOf } from './declared.ts'
import type { ChangedByHand, ReferenceOutcome } from './reference-result.ts'
import type { RemovedRows } from './remove-rows.ts'
import type { ReferenceSet } from './resolve-set.ts'
import type { StagedPart } from './write-part.ts'

/** Reads what became of a set's rows from the tables in which that was decided. */
export async function outcomeOf(
  connection: Connection,
  set: ReferenceSet,
  parts: readonly StagedPart[],
  removed: RemovedRows,
  overwrite: boolean,
): Promise<Omit<ReferenceOutcome, 'ms'>> {
  const counts = new Map<string, number>()
  const changed: ChangedByHand[] = []
  for (const { part, sql } of parts) {
    const { rows } = await connection.query<{ state: string; rows: number }>(sql.counts)
    for (const { state, rows: number } of rows) counts.set(state, (counts.get(state) ?? 0) + number)
    const { rows: conflicts } = await connection.query<{ row: number; columns: readonly string[] }>(sql.conflicts)
    for (const { row, columns } of conflicts) {
      const placed = part.rows[row]
      const fields = columns.map((name) => set.model.fields.find((one) => one.column === name)?.name ?? name)
      const where = placed === undefined ? {} : placeOf(placed.file, placed.row)
      changed.push({ model: set.model.name, fields, where })
    }
  }
  const spared: ChangedByHand = { model: set.model.name, fields: [], where: {} }
  const kept = Array.from({ length: removed.changed }, () => spared)
  const count = (state: string): number => counts.get(state) ?? 0
  return {
    model: set.model.name,
    table: tableKey(set.table),
    inserted: count('insert'),
    updated: count('update'),
    restored: count('restore'),
    unchanged: count('same'),
    changedByHand: [...changed, ...kept],
    overwritten: overwrite ? count('conflict') : 0,
    removed: { policy: set.removed, rows: removed.rows, deleted: removed.deleted },
  }
}
