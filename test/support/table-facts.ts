import type { ColumnFacts, TableFacts } from '../../src/postgres/tables/table-facts.ts'

/** A column of a type, as the catalog would tell it; what a test is about is said on top. */
export function columnFacts(name: string, baseType = 'text', more: Partial<ColumnFacts> = {}): ColumnFacts {
  return {
    name,
    type: baseType,
    kind: 'scalar',
    baseType,
    arrayDimensions: 0,
    enumLabels: undefined,
    maxLength: undefined,
    precision: undefined,
    scale: undefined,
    fractionDigits: undefined,
    notNull: false,
    default: undefined,
    identity: undefined,
    generated: undefined,
    sequence: undefined,
    domainChecks: [],
    elementDomain: undefined,
    parts: [],
    comment: undefined,
    ...more,
  }
}

/** A table of these columns. */
export function tableFacts(name: string, columns: readonly ColumnFacts[], more: Partial<TableFacts> = {}): TableFacts {
  return {
    schema: 'public',
    name,
    kind: 'table',
    columns,
    primaryKey: undefined,
    uniques: [],
    checks: [],
    exclusions: [],
    foreignKeys: [],
    insertTriggers: [],
    rowSecurity: false,
    estimatedRows: 0,
    ...more,
  }
}
