import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier } from '../../postgres/quote.ts'
import { equalitySql, keyMatchSql, qualifiedName } from '../rows/table-shape.ts'
import { imagesSql, type UndoTable } from './undo-table.ts'

/** A constraint that PostgreSQL checks with a trigger of its own, which stays silent while rows are restored. */
interface WaitingConstraint {
  readonly oid: string
  readonly name: string
  readonly columns: readonly string[]
  /** One for each column: two rows may not be so to each other in all of them. */
  readonly operators: readonly string[]
}

/** How to find a restored row that breaks one of these constraints: a query that gives a row where there is one. */
export interface DuplicateQuery {
  readonly sql: string
  /** What is wrong then, in a sentence. */
  readonly message: string
}

/**
 * The deferrable unique and exclusion constraints that a restored row breaks together with another one, each in a
 * sentence. To be called when all rows are restored.
 */
export async function findDuplicates(work: Connection, tables: readonly UndoTable[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const { sql, message } of await duplicateQueries(work, tables)) {
    const { rows } = await work.query(sql)
    if (rows.length > 0) found.push(message)
  }
  return found
}

/** All that has to be asked when the rows are restored. */
export async function duplicateQueries(
  work: Connection,
  tables: readonly UndoTable[],
): Promise<readonly DuplicateQuery[]> {
  const { rows: waiting } = await work.query<WaitingConstraint>(waitingSql, [tables.map(({ shape }) => shape.oid)])
  return tables.flatMap((table) =>
    waiting
      .filter(({ oid }) => oid === table.shape.oid)
      .map((constraint) => ({
        sql: duplicatesSql(table, constraint),
        message: `A restored row has what another row has by now (${constraint.name}).`,
      })),
  )
}

function duplicatesSql(table: UndoTable, { columns, operators }: WaitingConstraint): string {
  const { shape } = table
  const same = columns.map((column, at) => {
    const name = quoteIdentifier(column)
    return `t.${name} OPERATOR(${operators[at] ?? 'pg_catalog.='}) o.${name}`
  })
  return `SELECT FROM ${imagesSql(table)} JOIN ONLY ${qualifiedName(shape)} AS t ON ${keyMatchSql(shape, 't', 'i.key')}
    JOIN ONLY ${qualifiedName(shape)} AS o ON o.ctid <> t.ctid AND ${same.join(' AND ')} LIMIT 1`
}

/** Those over expressions have no columns to compare; PostgreSQL makes none of them deferrable but exclusions. */
const waitingSql = `
  SELECT k.conrelid::text AS oid, k.conname::text AS name,
    (SELECT json_agg(a.attname ORDER BY p.place) FROM unnest(k.conkey) WITH ORDINALITY AS p (number, place)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.number) AS columns,
    coalesce((SELECT json_agg(quote_ident(n.nspname) || '.' || o.oprname ORDER BY p.place)
      FROM unnest(k.conexclop) WITH ORDINALITY AS p (operator, place)
      JOIN pg_operator o ON o.oid = p.operator JOIN pg_namespace n ON n.oid = o.oprnamespace),
      (SELECT json_agg(${equalitySql('p.class')} ORDER BY p.place) FROM pg_index i
      CROSS JOIN unnest(i.indclass::oid[]) WITH ORDINALITY AS p (class, place) WHERE i.indexrelid = k.conindid)) AS operators
  FROM pg_constraint k WHERE k.conrelid = ANY ($1::oid[]) AND k.condeferrable AND k.contype IN ('p', 'u', 'x')
    AND NOT 0 = ANY (k.conkey)`
