import type { Node } from 'libpg-query'
import { quoteIdentifier } from '../../../postgres/quote.ts'
import { columnsIn } from '../columns-in.ts'
import { elementsOf } from '../elements-of.ts'
import type { HazardKind } from '../hazard.ts'
import { textsOf } from '../texts-of.ts'
import { samplePairs } from '../sample-pairs.ts'
import { objectName, tableSql, valuesOfAnother } from '../sql.ts'

/** Two rows that a new EXCLUDE keeps apart: one gets what the other has. */
export const overlapBeforeExclusion: HazardKind = {
  name: 'overlap-before-exclusion',
  find: (step, scene) => {
    if (step.kind !== 'add-constraint' || step.constraint.contype !== 'CONSTR_EXCLUSION') return []
    const { exclusions, where_clause: where, conname } = step.constraint
    const table = scene.table(step.table)
    const used = columnsIn([exclusions, where])
    const facts = used.flatMap((name) => scene.column(step.table, name) ?? [])
    const columns = facts.map(({ name }) => name)
    const operators = (exclusions ?? []).map(operatorOf)
    const elements = elementsOf((exclusions ?? []).map(elementOf), step.parts.expressionsIn('EXCLUDE'), (name) =>
      scene.column(step.table, name),
    )
    if (table === undefined || facts.length < used.length || elements.length !== operators.length) return []
    const predicate = where === undefined ? undefined : step.parts.inParentheses('WHERE').join(', ')
    const compared = operators.map((operator, at) => `o.e${String(at)} OPERATOR(${operator}) x.e${String(at)}`).join(' AND ')
    const named = elements.map((element, at) => `${element} AS e${String(at)}`).join(', ')
    const rows = `SELECT tableoid AS o, ctid AS c, ${named}
      FROM ${tableSql(table)}${predicate === undefined ? '' : ` WHERE ${predicate}`}`
    return [
      {
        kind: overlapBeforeExclusion.name,
        object: objectName(table),
        rows: `rows that ${conname ?? 'the exclusion'} keeps apart`,
        table,
        condition: `(t.tableoid, t.ctid) IN (SELECT x.o, x.c FROM (${rows}) AS x JOIN (${rows}) AS o
          ON (o.o, o.c) <> (x.o, x.c) AND ${compared})`,
        line: step.line,
        attempts: [valuesOfAnother(table, columns)],
        pairs: samplePairs(facts, exclusions),
      },
    ]
  },
}

/** Each stands in a list, with its operator. */
function elementOf(node: Node): Node {
  const [element] = 'List' in node ? (node.List.items ?? []) : []
  return element ?? node
}

/** `=` or `pg_catalog.&&`, as it stands between the parentheses of OPERATOR. */
function operatorOf(node: Node): string {
  const [, operator] = 'List' in node ? (node.List.items ?? []) : []
  const parts = operator !== undefined && 'List' in operator ? textsOf(operator.List.items) : []
  return [...parts.slice(0, -1).map(quoteIdentifier), parts.at(-1) ?? '='].join('.')
}
