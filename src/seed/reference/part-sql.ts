import { quoteIdentifier, quoteLiteral, quoteQualified } from '../../postgres/quote.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import { referenceRecord } from './reference-record.ts'
import type { InsertFill } from './insert-fills.ts'
import type { ReferencePart, ReferenceSet } from './resolve-set.ts'

/** The statements that bring the rows of one shape into their table; all of them work on whole sets. */
export interface PartSql {
  /** Where the rows arrive, typed like the columns they are for. */
  readonly declaredTable: string
  /** The columns of that table: the row's number, then one for each cell. */
  readonly declaredColumns: readonly string[]
  readonly create: readonly string[]
  readonly readyTable: string
  /** Takes over the rows whose relations are found. */
  readonly resolve: string
  /** Numbers of rows whose relation `index` leads nowhere. */
  readonly unresolved: (index: number) => string
  readonly duplicates: string
  /** Says for each new row what is to be done with it. */
  readonly classify: string
  /** $1 is the number of the last row that is taken. */
  readonly insert: string
  readonly update: (overwrite: boolean) => string
  readonly record: (overwrite: boolean) => string
  readonly counts: string
  readonly conflicts: string
  /** The natural keys of the rows, as the record has them. */
  readonly keys: string
  /** Numbers of rows whose foreign key leads nowhere. */
  readonly orphans: (columns: readonly string[], target: TableFacts['foreignKeys'][number]['target']) => string
}

/** @param place tells the temporary tables of one run apart */
export function partSql(set: ReferenceSet, part: ReferencePart, fills: readonly InsertFill[], place: number): PartSql {
  const q = quoteIdentifier
  const target = quoteQualified(set.table.schema, set.table.name)
  const declared = `pg_temp.tide_declared_${place}`
  const ready = `pg_temp.tide_ready_${place}`
  const plain = part.columns.map(({ name }) => name)
  const filled = part.lookups.flatMap((lookup) => lookup.filled)
  const columns = [...plain, ...filled.filter((name) => !plain.includes(name))]
  const sources = part.lookups.map(({ target: { schema, name } }, l) => `${quoteQualified(schema, name)} l${l}`)

  const found = part.lookups.map(({ matches }, l) => {
    const on = matches.map(({ column }, m) => `l${l}.${q(column.name)} = d.${q(`@${l}_${m}`)}`).join(' AND ')
    return { join: `LEFT JOIN ${sources[l] ?? ''} ON ${on}`, isFound: `(${isEmpty(matches.length, l)} OR l${l}.ctid IS NOT NULL)` }
  })
  const values = columns.map((name) => {
    const l = plain.includes(name) ? -1 : part.lookups.findIndex((lookup) => lookup.filled.includes(name))
    const lookup = part.lookups[l]
    return lookup === undefined ? `d.${q(name)}` : `l${l}.${q(lookup.references[lookup.filled.indexOf(name)] ?? '')}`
  })
  const joins = found.map(({ join }) => join).join(' ')
  const same = (left: string, right: string): string =>
    set.key.map((name) => `${left}.${q(name)} = ${right}.${q(name)}`).join(' AND ')
  const keyOf = (alias: string): string => textObject(alias, set.key)
  const rowOf = (alias: string): string => textObject(alias, columns)
  const isRecord = `a.table_schema = ${quoteLiteral(set.table.schema)} AND a.table_name = ${quoteLiteral(set.table.name)}`
  const changed = columns.filter((name) => !set.key.includes(name))
  const updateFills = fills.filter(({ onUpdate }) => onUpdate)
  const inserted = [...columns, ...fills.map(({ column }) => column)]
  const needsOverriding = set.table.columns.some(({ name, identity }) => identity === 'always' && inserted.includes(name))
  const applied = (overwrite: boolean): string => (overwrite ? `'update', 'conflict'` : `'update'`)

  return {
    declaredTable: declared,
    readyTable: ready,
    declaredColumns: ['#row', ...plain, ...part.lookups.flatMap(({ matches }, l) => matches.map((_, m) => `@${l}_${m}`))],
    create: [
      `CREATE TEMP TABLE tide_declared_${place} ON COMMIT DROP AS SELECT ${[
        '0::int AS "#row"',
        ...plain.map((name) => `t.${q(name)}`),
        ...part.lookups.flatMap(({ matches }, l) => matches.map(({ column }, m) => `l${l}.${q(column.name)} AS ${q(`@${l}_${m}`)}`)),
      ].join(', ')} FROM ${[`${target} t`, ...sources].join(', ')} WITH NO DATA`,
      `CREATE TEMP TABLE tide_ready_${place} ON COMMIT DROP AS SELECT ${[
        '0::int AS "#row"',
        ...columns.map((name) => `t.${q(name)}`),
        `NULL::text AS "#state", NULL::text[] AS "#differs", false AS "#done"`,
      ].join(', ')} FROM ${target} t WITH NO DATA`,
    ],
    resolve: `INSERT INTO ${ready} ("#row", ${columns.map(q).join(', ')}, "#done")
      SELECT d."#row", ${values.join(', ')}, false FROM ${declared} d ${joins}
      WHERE ${[...found.map(({ isFound }) => isFound), `NOT EXISTS (SELECT FROM ${ready} r WHERE r."#row" = d."#row")`].join(' AND ')}`,
    unresolved: (l) => `SELECT d."#row" AS row FROM ${declared} d ${found[l]?.join ?? ''}
      WHERE NOT ${found[l]?.isFound ?? 'true'} ORDER BY 1 LIMIT 1`,
    duplicates: `SELECT min("#row") AS first, max("#row") AS row FROM ${ready} r
      GROUP BY ${set.key.map((name) => `r.${q(name)}`).join(', ')} HAVING count(*) > 1 ORDER BY 2 LIMIT 1`,
    classify: `UPDATE ${ready} r SET "#state" = c.state, "#differs" = c.differs FROM (
      SELECT b.row, CASE
          WHEN b.live IS NULL THEN CASE WHEN b.applied IS NULL THEN 'insert' ELSE 'restore' END
          WHEN b.live = b.declared THEN 'same'
          WHEN b.differs IS NOT NULL THEN 'conflict'
          WHEN b.declared <@ b.before THEN 'same'
          ELSE 'update' END AS state, b.differs
      FROM (SELECT v.*, CASE WHEN v.live <> v.declared THEN (
              SELECT array_agg(k.key) FROM jsonb_each_text(v.declared) k WHERE v.live ->> k.key IS DISTINCT FROM k.value
                AND CASE WHEN v.applied ? k.key THEN v.live ->> k.key IS DISTINCT FROM v.applied ->> k.key
                    ELSE v.live ->> k.key IS NOT NULL AND v.live ->> k.key IS DISTINCT FROM v.defaults ->> k.key END) END AS differs
          FROM (SELECT r."#row" AS row, ${rowOf('r')} AS declared, CASE WHEN t.ctid IS NOT NULL THEN ${rowOf('t')} END AS live,
              a.applied, a.declared AS before, ${constantDefaults(set.table, columns)} AS defaults
            FROM ${ready} r LEFT JOIN ${target} t ON ${same('t', 'r')}
            LEFT JOIN ${referenceRecord} a ON ${isRecord} AND a.key = ${keyOf('r')} WHERE r."#state" IS NULL) v) b) c
      WHERE c.row = r."#row"`,
    insert: `INSERT INTO ${target} (${inserted.map(q).join(', ')})
      ${needsOverriding ? 'OVERRIDING SYSTEM VALUE ' : ''}SELECT ${[
        ...columns.map((name) => `r.${q(name)}`),
        ...fills.map(({ sql }) => sql(keyOf('r'))),
      ].join(', ')} FROM ${ready} r WHERE r."#state" IN ('insert', 'restore') AND NOT r."#done"
      AND r."#row" <= $1 ORDER BY r."#row"`,
    update: (overwrite) =>
      changed.length === 0
        ? 'SELECT FROM (SELECT $1::int) x WHERE false'
        : `UPDATE ${target} t SET ${[
            ...changed.map((name) => `${q(name)} = r.${q(name)}`),
            ...updateFills.map(({ column, sql }) => `${q(column)} = ${sql(keyOf('r'))}`),
          ].join(', ')} FROM ${ready} r WHERE ${same('t', 'r')} AND r."#state" IN (${applied(overwrite)})
            AND NOT r."#done" AND r."#row" <= $1`,
    // Sorted, so that the whole of the join is done before the first row is added to what it reads.
    record: (overwrite) => `WITH written AS (
        INSERT INTO ${referenceRecord} (table_schema, table_name, key, declared, applied)
        SELECT ${quoteLiteral(set.table.schema)}, ${quoteLiteral(set.table.name)}, ${keyOf('r')}, ${rowOf('r')}, ${rowOf('t')}
        FROM ${ready} r JOIN ${target} t ON ${same('t', 'r')}
        LEFT JOIN ${referenceRecord} a ON ${isRecord} AND a.key = ${keyOf('r')}
        WHERE NOT r."#done"${overwrite ? '' : ` AND r."#state" <> 'conflict'`}
          AND (a.key IS NULL OR a.declared <> ${rowOf('r')} OR a.applied <> ${rowOf('t')})
        ORDER BY 3
        ON CONFLICT (table_schema, table_name, key) DO UPDATE
        SET declared = EXCLUDED.declared, applied = EXCLUDED.applied, applied_at = EXCLUDED.applied_at)
      UPDATE ${ready} SET "#done" = true WHERE NOT "#done"`,
    counts: `SELECT "#state" AS state, count(*)::int AS rows FROM ${ready} GROUP BY 1`,
    conflicts: `SELECT "#row" AS row, "#differs" AS columns FROM ${ready} WHERE "#state" = 'conflict' ORDER BY 1`,
    keys: `SELECT ${keyOf('r')} AS key FROM ${ready} r`,
    orphans: (local, { schema, table, columns: remote }) => `SELECT r."#row" AS row FROM ${ready} r
      WHERE ${local.map((name) => `r.${q(name)} IS NOT NULL`).join(' AND ')} AND NOT EXISTS (
        SELECT FROM ${quoteQualified(schema, table)} t
        WHERE ${local.map((name, index) => `t.${q(remote[index] ?? '')} = r.${q(name)}`).join(' AND ')})
      ORDER BY 1 LIMIT 1`,
  }

  function isEmpty(matches: number, l: number): string {
    return Array.from({ length: matches }, (_, m) => `d.${q(`@${l}_${m}`)} IS NULL`).join(' AND ')
  }
}

/** `{"column": "its text form"}`: comparable, and of any number of columns. */
function textObject(alias: string, columns: readonly string[]): string {
  const names = columns.map(quoteLiteral).join(', ')
  return `jsonb_object(ARRAY[${names}]::text[], ARRAY[${columns.map((name) => `${alias}.${quoteIdentifier(name)}::text`).join(', ')}]::text[])`
}

/** A column that nobody has set holds its default; only defaults without a function call are compared. */
function constantDefaults(table: TableFacts, columns: readonly string[]): string {
  const constant = /^(?:'(?:[^']|'')*'|-?[\d.]+|true|false)(?:::[\w\s"[\].]+(?:\([\d, ]+\))?(?:\[\])*)?$/
  const known = table.columns.filter((column) => columns.includes(column.name) && constant.test(column.default ?? ''))
  const names = known.map(({ name }) => quoteLiteral(name)).join(', ')
  const values = known.map((column) => `(${column.default ?? ''})::${column.type}::text`).join(', ')
  return `jsonb_object(ARRAY[${names}]::text[], ARRAY[${values}]::text[])`
}
