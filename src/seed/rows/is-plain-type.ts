import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'

/** Whether texts of a column's type hold no tab, no line break and no backslash: nothing that COPY must escape. */
export function isPlainType(column: ColumnFacts | undefined): boolean {
  return column?.arrayDimensions === 0 && column.kind === 'scalar' && plainTypes.has(column.baseType)
}

const plainTypes: ReadonlySet<string> = new Set(
  'int2 int4 int8 numeric float4 float8 bool uuid date time timetz timestamp timestamptz inet cidr money'.split(' '),
)
