import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import { foreignTable, keyMissing, rowsHidden } from '../errors.ts'

/** A table that a statement names as its target: as it is written there. */
export interface NamedTable {
  readonly schema: string | undefined
  readonly name: string
}

/**
 * Refuses a table whose rows could not be restored, before a statement changes one. What triggers and cascades reach
 * shows afterwards only: see `readChangedTables`.
 * @param work the search path decides which table a name means
 * @throws FIX_NO_PRIMARY_KEY, FIX_FOREIGN_TABLE, FIX_ROW_SECURITY
 */
export async function requireUndoable(work: Connection, { schema, name }: NamedTable): Promise<void> {
  const { rows } = await work.query<{ kind: string; hasKey: boolean; isHidden: boolean }>(
    `SELECT relkind::text AS kind, row_security_active(oid) AS "isHidden",
        EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indisprimary) AS "hasKey"
      FROM pg_class c WHERE oid = to_regclass($1)`,
    [[...(schema === undefined ? [] : [schema]), name].map(quoteIdentifier).join('.')],
  )
  // A table that is not there is the server's to tell; a view writes into what lies below it.
  const [table] = rows
  if (table === undefined) return
  const shown = schema === undefined || schema === 'public' ? name : `${schema}.${name}`
  if (table.kind === 'f') throw foreignTable([shown])
  if (table.kind !== 'r' && table.kind !== 'p') return
  if (!table.hasKey) throw keyMissing([shown])
  if (table.isHidden) throw rowsHidden([shown])
}
