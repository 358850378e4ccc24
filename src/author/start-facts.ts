import type { Connection } from '../postgres/connect.ts'
import type { ObjectName } from './script/operation.ts'

/** A column at the history's end. */
export interface StartColumn {
  readonly name: string
  /** As `format_type` writes it: `character varying(20)`, `"Role"[]`. */
  readonly type: string
  readonly notNull: boolean
  readonly defaultText: string | null
  readonly isGenerated: boolean
}

/** A table as it stands before the change. */
export interface StartTable {
  readonly schema: string
  readonly name: string
  readonly columns: readonly StartColumn[]
  /** The columns of its primary key, in the key's order; empty where it has none. */
  readonly primaryKey: readonly string[]
}

/** An enum as it stands before the change. */
export interface StartEnum {
  readonly schema: string
  readonly name: string
  readonly values: readonly string[]
}

/** A table that joins two others, as Prisma makes it for an implicit many-to-many relation. */
export interface StartJoin {
  readonly schema: string
  readonly name: string
  readonly a: StartJoinEnd
  readonly b: StartJoinEnd
}

/** The table to which a column of a join table points, and the foreign key that does. */
export interface StartJoinEnd {
  readonly schema: string
  readonly name: string
  readonly constraint: string
}

/** What the planner needs to know of a database at the history's end, besides what the engine says. */
export interface StartFacts {
  /** Where unqualified names live. */
  readonly schema: string
  readonly tables: readonly StartTable[]
  readonly enums: readonly StartEnum[]
  readonly joins: readonly StartJoin[]
}

/** Reads them in one round trip. */
export async function readStartFacts(connection: Connection): Promise<StartFacts> {
  const { rows } = await connection.query<{ facts: StartFacts }>(factsQuery)
  return rows[0]?.facts ?? { schema: 'public', tables: [], enums: [], joins: [] }
}

/** The table of this name; a name without a schema is looked for in the connection's schema. */
export function findTable(facts: StartFacts, table: ObjectName): StartTable | undefined {
  const schema = table.schema ?? facts.schema
  return facts.tables.find((candidate) => candidate.name === table.name && candidate.schema === schema)
}

/** The column of this name. */
export function findColumn(facts: StartFacts, table: ObjectName, column: string): StartColumn | undefined {
  return findTable(facts, table)?.columns.find((candidate) => candidate.name === column)
}

/** The enum of this name. */
export function findEnum(facts: StartFacts, type: ObjectName): StartEnum | undefined {
  const schema = type.schema ?? facts.schema
  return facts.enums.find((candidate) => candidate.name === type.name && candidate.schema === schema)
}

/** The name as the engine writes it: without the schema where unqualified names live. */
export function asWritten(facts: Pick<StartFacts, 'schema'>, { schema, name }: ObjectName): ObjectName {
  return { schema: schema === facts.schema ? undefined : schema, name }
}

/** The name with its schema, so that two of them can be compared. */
export function inSchema(facts: Pick<StartFacts, 'schema'>, name: ObjectName): ObjectName {
  return { schema: name.schema ?? facts.schema, name: name.name }
}

function joinEnd(name: string): string {
  return `json_build_object('schema', ${name}_schema.nspname, 'name', ${name}_table.relname, 'constraint', ${name}_key.conname)`
}

function joinColumn(name: string, column: string): string {
  return `JOIN pg_attribute ${name} ON ${name}.attrelid = c.oid AND ${name}.attname = '${column}'
    JOIN pg_constraint ${name}_key ON ${name}_key.conrelid = c.oid AND ${name}_key.contype = 'f'
      AND ${name}_key.conkey = ARRAY[${name}.attnum]
    JOIN pg_class ${name}_table ON ${name}_table.oid = ${name}_key.confrelid
    JOIN pg_namespace ${name}_schema ON ${name}_schema.oid = ${name}_table.relnamespace`
}

const factsQuery = `
SELECT json_build_object(
  'schema', current_schema(),
  'tables', coalesce((
    SELECT json_agg(json_build_object('schema', n.nspname, 'name', c.relname, 'columns', (
      SELECT coalesce(json_agg(json_build_object(
        'name', a.attname,
        'type', format_type(a.atttypid, a.atttypmod),
        'notNull', a.attnotnull,
        'defaultText', pg_get_expr(d.adbin, d.adrelid),
        'isGenerated', a.attgenerated <> '' OR a.attidentity <> ''
      ) ORDER BY a.attnum), '[]'::json)
      FROM pg_attribute a
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    ), 'primaryKey', (
      SELECT coalesce(json_agg(a.attname ORDER BY array_position(i.indkey::int2[], a.attnum)), '[]'::json)
      FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
      WHERE i.indrelid = c.oid AND i.indisprimary
    )) ORDER BY n.nspname, c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'tide', 'tide_archive')
      AND n.nspname NOT LIKE 'pg_toast%' AND n.nspname NOT LIKE 'pg_temp%'
  ), '[]'::json),
  'enums', coalesce((
    SELECT json_agg(json_build_object('schema', n.nspname, 'name', t.typname, 'values', (
      SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid
    )) ORDER BY n.nspname, t.typname)
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'e'
  ), '[]'::json),
  'joins', coalesce((
    SELECT json_agg(json_build_object('schema', n.nspname, 'name', c.relname, 'a', ${joinEnd('a')}, 'b', ${joinEnd('b')})
      ORDER BY n.nspname, c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    ${joinColumn('a', 'A')}
    ${joinColumn('b', 'B')}
    WHERE c.relkind = 'r' AND starts_with(c.relname, '_')
      AND (SELECT count(*) FROM pg_attribute x WHERE x.attrelid = c.oid AND x.attnum > 0 AND NOT x.attisdropped) = 2
  ), '[]'::json)
) AS facts`
