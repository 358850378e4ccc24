import type { Node } from 'libpg-query'
import { quoteIdentifier } from '../../../postgres/quote.ts'
import type { TableFacts } from '../../../postgres/tables/table-facts.ts'
import { columnsIn } from '../columns-in.ts'
import type { Assignment, HazardKind } from '../hazard.ts'
import { textsOf } from '../scene.ts'
import { tableSql } from '../sql.ts'

/** Two rows that a new EXCLUDE keeps apart: one gets what the other has. */
export const overlapBeforeExclusion: HazardKind = {
  name: 'overlap-before-exclusion',
  find: (step, scene) => {
    if (step.kind !== 'add-constraint' || step.constraint.contype !== 'CONSTR_EXCLUSION') return []
    const { exclusions, where_clause: where, conname } = step.constraint
    const table = scene.table(step.table)
    const used = columnsIn([exclusions, where])
    const columns = used.flatMap((name) => scene.column(step.table, name)?.name ?? [])
    const elements = step.parts.inParentheses('EXCLUDE').map((element) => /^(.*?)\s+WITH\s+\S+\s*$/isu.exec(element)?.[1] ?? '')
    const operators = (exclusions ?? []).map(operatorOf)
    const isPlain = columns.every((name) => used.includes(name)) && columns.length === used.length
    if (table === undefined || !isPlain || elements.length !== operators.length) return []
    const predicate = where === undefined ? undefined : step.parts.inParentheses('WHERE').join(', ')
    const compared = elements.map((_, at) => `o.e${String(at)} OPERATOR(${operators[at] ?? ''}) x.e${String(at)}`).join(' AND ')
    const rows = `SELECT tableoid AS o, ctid AS c, ${elements.map((element, at) => `${element} AS e${String(at)}`).join(', ')}
      FROM ${tableSql(table)}${predicate === undefined ? '' : ` WHERE ${predicate}`}`
    return [
      {
        kind: overlapBeforeExclusion.name,
        object: `${table.schema}.${table.name}`,
        rows: `rows that ${conname ?? 'the exclusion'} keeps apart`,
        table,
        condition: `(t.tableoid, t.ctid) IN (SELECT x.o, x.c FROM (${rows}) AS x JOIN (${rows}) AS o
          ON (o.o, o.c) <> (x.o, x.c) AND ${compared})`,
        line: step.line,
        attempts: [copied(table, columns)],
      },
    ]
  },
}

/** `=` or `pg_catalog.&&`, as it stands between the parentheses of OPERATOR. */
function operatorOf(node: Node): string {
  const [, operator] = 'List' in node ? (node.List.items ?? []) : []
  const parts = operator !== undefined && 'List' in operator ? textsOf(operator.List.items) : []
  return [...parts.slice(0, -1).map(quoteIdentifier), parts.at(-1) ?? '='].join('.')
}

function copied(table: TableFacts, columns: readonly string[]): Assignment {
  const isThere = columns.map((name) => `o.${quoteIdentifier(name)} IS NOT NULL`).join(' AND ')
  return Object.fromEntries(
    columns.map((name) => [
      name,
      `(SELECT o.${quoteIdentifier(name)} FROM ${tableSql(table)} AS o
        WHERE (o.tableoid, o.ctid) <> (r.tableoid, r.ctid) AND ${isThere} ORDER BY o.ctid LIMIT 1)`,
    ]),
  )
}
