import type { RangeVar } from 'libpg-query'
import { spokenName } from '../../postgres/catalog/names.ts'
import { quoteIdentifier, quoteQualified } from '../../postgres/quote.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Assignment, Hazard } from './hazard.ts'

/** A table as SQL. */
export function tableSql({ schema, name }: Pick<TableFacts, 'schema' | 'name'>): string {
  return quoteQualified(schema, name)
}

/** A table, a column of it, or several: `public.users (name, age)`. As people say it. */
export function objectName({ schema, name }: Pick<TableFacts, 'schema' | 'name'>, ...columns: readonly string[]): string {
  if (columns.length < 2) return spokenName([schema, name, ...columns])
  return `${spokenName([schema, name])} (${columns.join(', ')})`
}

/** A column of the row `t`. */
export function columnSql(name: string): string {
  return `t.${quoteIdentifier(name)}`
}

/** Finds the rows of a hazard in any database: their keys, or whole rows where there is no key. */
export function findSql({ table, condition }: Pick<Hazard, 'table' | 'condition'>): string {
  const keys = keyColumns(table)
  const what = keys.length === 0 ? 't.*' : keys.map(columnSql).join(', ')
  return `SELECT ${what} FROM ${tableSql(table)} AS t WHERE ${condition}`
}

/** How many rows of a hazard there are. */
export function countSql({ table, condition }: Pick<Hazard, 'table' | 'condition'>): string {
  return `SELECT count(*)::int AS count FROM ${tableSql(table)} AS t WHERE ${condition}`
}

/** A condition of a statement, with the name by which the statement calls the table. */
export interface Chosen {
  readonly sql: string
  readonly alias: string
}

/** What the conditions of a statement call its table, in the names from before the migration. */
export function aliasOf(range: RangeVar, { name }: Pick<TableFacts, 'name'>): string {
  return range.alias?.aliasname ?? name
}

/** True where the row `t` is one that a statement's condition takes. */
export function isChosen(table: Pick<TableFacts, 'schema' | 'name'>, { sql, alias }: Chosen): string {
  const own = quoteIdentifier(alias)
  return `(t.tableoid, t.ctid) IN (SELECT ${own}.tableoid, ${own}.ctid FROM ${tableSql(table)} AS ${own} WHERE ${sql})`
}

/**
 * The same, for a person to read: as the condition itself, where it speaks of nothing but columns of the row.
 * @param tree the condition as a syntax tree
 */
export function isMeant(table: Pick<TableFacts, 'schema' | 'name'>, chosen: Chosen, tree: unknown): string {
  const isPlain = !/"SubLink"|"fields":\[\{[^\]]*\},\{/.test(JSON.stringify(tree))
  return isPlain ? `(${chosen.sql})` : isChosen(table, chosen)
}

/** The primary key of a table; empty where it has none. */
export function keyColumns(table: TableFacts): readonly string[] {
  return table.primaryKey?.keys.flatMap((key) => ('column' in key ? [key.column] : [])) ?? []
}

/**
 * Values of another row than `r`, one that has all of them: what an UPDATE sets, by column.
 * @param first SQL that is false for the rows of `o` to be taken first
 */
export function valuesOfAnother(table: TableFacts, columns: readonly string[], first?: string): Assignment {
  const isThere = columns.map((name) => `o.${quoteIdentifier(name)} IS NOT NULL`).join(' AND ')
  const order = first === undefined ? 'o.ctid' : `(SELECT ${first}), o.ctid`
  return Object.fromEntries(
    columns.map((name) => [
      name,
      `(SELECT o.${quoteIdentifier(name)} FROM ${tableSql(table)} AS o
        WHERE (o.tableoid, o.ctid) <> (r.tableoid, r.ctid) AND ${isThere} ORDER BY ${order} LIMIT 1)`,
    ]),
  )
}

/**
 * Makes one row of the table such a row. Rows are tried one after the other, from the `place`-th on, since other
 * constraints may hold some of them back; where none can be, nothing is changed, and `plantRefused` tells whether that
 * is what held back every one of them.
 * @param inPairs sets it in another row as well
 */
export function plantSql(hazard: Hazard, assignment: Assignment, place: number, inPairs: boolean): string {
  const { condition, table } = hazard
  const name = tableSql(table)
  const sets = Object.entries(assignment).map(([column, value]) => `${quoteIdentifier(column)} = ${value}`)
  const other = `(SELECT (o.tableoid, o.ctid)::text FROM ${name} AS o WHERE (o.tableoid, o.ctid) <> (r.tableoid, r.ctid)
        ORDER BY o.ctid LIMIT 1)`
  const isMeant = `t.tableoid = r.tableoid AND t.ctid = r.ctid${inPairs ? ` OR (t.tableoid, t.ctid)::text = ${other}` : ''}`
  return `DO $tide_plant$
DECLARE r record; refused int := 0; tried int := 0;
BEGIN
  FOR r IN SELECT tableoid, ctid FROM ${name}
    ORDER BY (row_number() OVER (ORDER BY tableoid, ctid) + ${String(place)}) % 10, ctid LIMIT 12
  LOOP
    BEGIN
      tried := tried + 1;
      UPDATE ${name} AS t SET ${sets.join(', ')} WHERE ${isMeant};
      IF EXISTS (SELECT FROM ${name} AS t WHERE ${condition}) THEN RETURN; END IF;
      RAISE EXCEPTION 'not such a row';
    EXCEPTION
      WHEN integrity_constraint_violation OR string_data_right_truncation OR numeric_value_out_of_range THEN
        refused := refused + 1;
      WHEN OTHERS THEN NULL;
    END;
  END LOOP;
  PERFORM set_config('tide_plant.refused', (refused > 0 AND refused = tried)::text, true);
END $tide_plant$`
}

/** Whether constraints, or the column's own type, held back every row of the last `plantSql`. */
export const plantRefused = `SELECT current_setting('tide_plant.refused', true) = 'true' AS "isRefused"`
