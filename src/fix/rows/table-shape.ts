import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier, quoteQualified } from '../../postgres/quote.ts'

/** A table whose rows are kept: what must be known to name, write and restore them. A partition is one of its own. */
export interface TableShape {
  readonly schema: string
  readonly name: string
  readonly columns: readonly ShapeColumn[]
  /** Columns of the primary key, in its order. */
  readonly key: readonly string[]
  /** For each of them the operator that its index takes for equality, with its schema: no search path finds it. */
  readonly keyOperators: readonly string[]
  /** For each of them its collation as SQL, null where it has none: two texts alone do not know it. */
  readonly keyCollations: readonly (string | null)[]
}

/** A column of a row image. */
export interface ShapeColumn {
  readonly name: string
  /** As SQL, with its schema where the search path would not find it: `numeric(10,2)`. */
  readonly type: string
  /** Calculated by the database: never written. */
  readonly isGenerated: boolean
  /** Cannot be set by an UPDATE: `GENERATED ALWAYS AS IDENTITY`. */
  readonly isFixed: boolean
  /** Part of a unique index or an exclusion, the expressions of one among them. */
  readonly isUnique: boolean
}

/** A shape with what decides whether its rows may be changed. */
export interface TouchedTable extends TableShape {
  readonly oid: string
  readonly kind: string
  readonly rowSecurity: boolean
  /** The table that it is a partition of, or itself. */
  readonly root: Pick<TableShape, 'schema' | 'name'>
}

/** The shapes of tables by their OIDs, in the order of their names. */
export async function readShapes(connection: Connection, oids: readonly string[]): Promise<readonly TouchedTable[]> {
  const { rows } = await connection.query<TouchedTable>(shapesSql, [oids])
  return rows
}

/** The shapes of tables by their names; those that are gone are left out. */
export async function readNamedShapes(
  connection: Connection,
  tables: readonly Pick<TableShape, 'schema' | 'name'>[],
): Promise<readonly TouchedTable[]> {
  const { rows } = await connection.query<{ oid: string | null }>(
    `SELECT to_regclass(name)::oid::text AS oid FROM unnest($1::text[]) AS given (name)`,
    [tables.map(qualifiedName)],
  )
  return readShapes(connection, rows.flatMap(({ oid }) => (oid === null ? [] : [oid])))
}

/** SQL for the equality of an operator class of a B-tree, with its schema. */
export function equalitySql(operatorClass: string): string {
  return `(SELECT quote_ident(en.nspname) || '.' || eo.oprname FROM pg_opclass ec
    JOIN pg_amop ea ON ea.amopfamily = ec.opcfamily AND ea.amopstrategy = 3
      AND ea.amoplefttype = ec.opcintype AND ea.amoprighttype = ec.opcintype
    JOIN pg_operator eo ON eo.oid = ea.amopopr JOIN pg_namespace en ON en.oid = eo.oprnamespace
    WHERE ec.oid = ${operatorClass})`
}

const shapesSql = `
  SELECT c.oid::text AS oid, c.relkind::text AS kind, n.nspname::text AS schema, c.relname::text AS name,
    row_security_active(c.oid) AS "rowSecurity",
    (SELECT json_build_object('schema', rn.nspname, 'name', r.relname) FROM pg_class r JOIN pg_namespace rn
      ON rn.oid = r.relnamespace WHERE r.oid = coalesce(pg_partition_root(c.oid), c.oid)) AS root,
    (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'isGenerated', a.attgenerated <> '', 'isFixed', a.attidentity = 'a',
        'isUnique', EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND (i.indisunique OR i.indisexclusion)
          AND (a.attnum = ANY (i.indkey) OR EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
            AND d.objid = i.indexrelid AND d.refobjid = c.oid AND d.refobjsubid = a.attnum)))) ORDER BY a.attnum)
      FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    coalesce((SELECT json_agg(a.attname ORDER BY k.place) FROM pg_index i
      CROSS JOIN unnest(i.indkey[0:i.indnkeyatts - 1]) WITH ORDINALITY AS k (number, place)
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
      WHERE i.indrelid = c.oid AND i.indisprimary), '[]'::json) AS key,
    coalesce((SELECT json_agg(${equalitySql('k.class')} ORDER BY k.place) FROM pg_index i
      CROSS JOIN unnest(i.indclass::oid[]) WITH ORDINALITY AS k (class, place)
      WHERE i.indrelid = c.oid AND i.indisprimary), '[]'::json) AS "keyOperators",
    coalesce((SELECT json_agg((SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname) FROM pg_collation co
        JOIN pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = k.locale) ORDER BY k.place) FROM pg_index i
      CROSS JOIN unnest(i.indcollation::oid[]) WITH ORDINALITY AS k (locale, place)
      WHERE i.indrelid = c.oid AND i.indisprimary), '[]'::json) AS "keyCollations"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.oid = ANY ($1::oid[]) ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`

/** `"schema"."name"`. */
export function qualifiedName({ schema, name }: Pick<TableShape, 'schema' | 'name'>): string {
  return quoteQualified(schema, name)
}

/** For a person: the name alone where the schema is `public`. */
export function shownName({ schema, name }: Pick<TableShape, 'schema' | 'name'>): string {
  return schema === 'public' ? name : `${schema}.${name}`
}

/** SQL for the whole row as text, by the output function of each type. */
export function recordSql({ columns }: TableShape, alias: string): string {
  return `ROW(${columns.map(({ name }) => `${alias}.${quoteIdentifier(name)}`).join(', ')})::text`
}

/** The cells of the primary key of a row. */
export function keyCells(shape: TableShape, cells: readonly (string | null)[]): readonly (string | null)[] {
  return shape.key.map((column) => cells[shape.columns.findIndex(({ name }) => name === column)] ?? null)
}

/** SQL for the primary key of a row: `ARRAY[t."id"::text]`. */
export function keySql({ key }: TableShape, alias: string): string {
  return `ARRAY[${key.map((column) => `${alias}.${quoteIdentifier(column)}::text`).join(', ')}]`
}

/** SQL that finds the row of such a key, by the index of the primary key. */
export function keyMatchSql(shape: TableShape, alias: string, key: string): string {
  return shape.key
    .map((column, at) => {
      const value = `(${key})[${at + 1}]::${typeOf(shape, column)}`
      return `${alias}.${quoteIdentifier(column)} ${equal(shape, at)} ${value}`
    })
    .join(' AND ')
}

/** SQL that is true for two keys that the primary key takes for the same: texts may differ, as of `citext`. */
export function keyEqualSql(shape: TableShape, one: string, other: string): string {
  return shape.key
    .map((column, at) => {
      const type = typeOf(shape, column)
      const collation = shape.keyCollations[at] ?? null
      const collate = collation === null ? '' : ` COLLATE ${collation}`
      return `((${one})[${at + 1}]::${type}${collate}) ${equal(shape, at)} ((${other})[${at + 1}]::${type})`
    })
    .join(' AND ')
}

function equal({ keyOperators }: TableShape, at: number): string {
  return `OPERATOR(${keyOperators[at] ?? 'pg_catalog.='})`
}

function typeOf(shape: TableShape, column: string): string {
  return shape.columns.find(({ name }) => name === column)?.type ?? 'text'
}

/** `orders id=5`: names a row for a person. */
export function describeKey(shape: Pick<TableShape, 'schema' | 'name' | 'key'>, key: readonly (string | null)[]): string {
  return `${shownName(shape)} ${shape.key.map((column, place) => `${column}=${key[place] ?? 'NULL'}`).join(' ')}`
}
