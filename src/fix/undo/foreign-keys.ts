import type { Connection } from '../../postgres/connect.ts'
import type { UndoTable } from './undo-table.ts'

/** A foreign key that points from or to a table whose rows are restored. */
export interface UndoKey {
  readonly name: string
  readonly columns: readonly string[]
  readonly targetColumns: readonly string[]
  /** For each column the equality of target and column, of two targets, and of two columns, with their schemas. */
  readonly operators: readonly { readonly both: string; readonly target: string; readonly column: string }[]
  /** The table that has it, as SQL with its schema, and as a person reads it. */
  readonly table: string
  readonly shownTable: string
  readonly target: string
  /** OIDs: of these tables and of all their partitions. */
  readonly members: readonly string[]
  readonly targetMembers: readonly string[]
}

/** The foreign keys of some tables, and those that point to them; a partitioned table's once. */
export async function readUndoKeys(work: Connection, tables: readonly UndoTable[]): Promise<readonly UndoKey[]> {
  const { rows } = await work.query<UndoKey>(keysSql, [tables.map(({ shape }) => shape.oid)])
  return rows
}

function operatorSql(oid: string): string {
  return `(SELECT quote_ident(s.nspname) || '.' || o.oprname FROM pg_operator o JOIN pg_namespace s ON s.oid = o.oprnamespace
    WHERE o.oid = ${oid})`
}

const keysSql = `
  WITH touched AS (SELECT t.oid, coalesce(pg_partition_root(t.oid)::oid, t.oid) AS root
    FROM unnest($1::oid[]) AS t (oid)), members AS (
    SELECT c.oid, c.oid AS member FROM pg_class c WHERE c.relkind = 'r'
    UNION ALL SELECT c.oid, p.relid FROM pg_class c CROSS JOIN LATERAL pg_partition_tree(c.oid) p WHERE c.relkind = 'p')
  SELECT k.conname::text AS name, format('%I.%I', n.nspname, c.relname) AS table,
    (SELECT format('%I.%I', s.nspname, r.relname) FROM pg_class r JOIN pg_namespace s ON s.oid = r.relnamespace
      WHERE r.oid = k.confrelid) AS target,
    CASE n.nspname WHEN 'public' THEN c.relname::text ELSE n.nspname || '.' || c.relname END AS "shownTable",
    (SELECT json_agg(a.attname ORDER BY p.place) FROM unnest(k.conkey) WITH ORDINALITY AS p (number, place)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.number) AS columns,
    (SELECT json_agg(a.attname ORDER BY p.place) FROM unnest(k.confkey) WITH ORDINALITY AS p (number, place)
      JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = p.number) AS "targetColumns",
    (SELECT json_agg(json_build_object('both', ${operatorSql('p.pf')}, 'target', ${operatorSql('p.pp')},
        'column', ${operatorSql('p.ff')}) ORDER BY p.place)
      FROM unnest(k.conpfeqop, k.conppeqop, k.conffeqop) WITH ORDINALITY AS p (pf, pp, ff, place)) AS operators,
    ARRAY(SELECT m.member::oid::text FROM members m WHERE m.oid = k.conrelid) AS members,
    ARRAY(SELECT m.member::oid::text FROM members m WHERE m.oid = k.confrelid) AS "targetMembers"
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE k.contype = 'f' AND k.convalidated AND k.conparentid = 0
    AND EXISTS (SELECT FROM members m JOIN touched t ON t.oid = m.member WHERE m.oid IN (k.conrelid, k.confrelid))
  ORDER BY k.conrelid::regclass::text, k.conname`

/** Tables that others point to come first; those in a circle stay as they are. */
export function targetsFirst(tables: readonly UndoTable[], keys: readonly UndoKey[]): readonly UndoTable[] {
  const sorted: UndoTable[] = []
  const visiting = new Set<UndoTable>()
  const visit = (table: UndoTable): void => {
    if (visiting.has(table)) return
    visiting.add(table)
    for (const key of keys.filter(({ members }) => members.includes(table.shape.oid))) {
      tables.filter(({ shape }) => key.targetMembers.includes(shape.oid)).forEach(visit)
    }
    sorted.push(table)
  }
  tables.forEach(visit)
  return sorted
}
