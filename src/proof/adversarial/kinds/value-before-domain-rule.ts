import type { ColumnFacts, TableFacts } from '../../../postgres/tables/table-facts.ts'
import { edgeValues } from '../edge-values.ts'
import type { Hazard, HazardKind } from '../hazard.ts'
import { textsOf } from '../scene.ts'
import { columnSql, objectName } from '../sql.ts'
import type { Step } from '../step.ts'

/** Values that a domain takes now and soon will not, in every column of it: before a new CHECK, or NOT NULL. */
export const valueBeforeDomainRule: HazardKind = {
  name: 'value-before-domain-rule',
  find: (step, scene) => {
    if (step.kind !== 'alter-domain') return []
    const name = textsOf(step.domain.typeName).at(-1) ?? ''
    const users = scene.tables.flatMap((table) =>
      table.columns.filter((column) => isOf(column, name)).map((column) => ({ table, column })),
    )
    return users.flatMap(({ table, column }) => hazardOf(step, table, column))
  },
}

/** The type of a column of a domain is written as the domain's name, with its schema where it is not in the path. */
function isOf({ type }: ColumnFacts, domain: string): boolean {
  return (type.split('.').at(-1) ?? '').replaceAll('"', '') === domain
}

type DomainStep = Step & { readonly kind: 'alter-domain' }

function hazardOf(step: DomainStep, table: TableFacts, column: ColumnFacts): readonly Hazard[] {
  const { subtype, def } = step.domain
  const own = columnSql(column.name)
  const object = objectName(table, column.name)
  const rest = { kind: valueBeforeDomainRule.name, object, table, line: step.line }
  if (subtype === 'O') {
    if (column.notNull) return []
    return [{ ...rest, rows: 'rows with NULL', condition: `${own} IS NULL`, attempts: [{ [column.name]: 'NULL' }] }]
  }
  if (subtype !== 'C' || def === undefined || !('Constraint' in def) || def.Constraint.skip_validation === true) return []
  const expression = step.parts.inParentheses('CHECK').join(', ')
  const values = edgeValues(column, def.Constraint.raw_expr)
  return [
    {
      ...rest,
      rows: `values for which CHECK (${expression}) does not hold`,
      condition: `EXISTS (SELECT FROM (SELECT ${own}) AS d(value) WHERE NOT (${expression}))`,
      attempts: values.map((value) => ({ [column.name]: value })),
    },
  ]
}
