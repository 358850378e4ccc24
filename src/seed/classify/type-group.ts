import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'

/** Types that the same rules fit. */
export type TypeGroup =
  | 'text' | 'int' | 'decimal' | 'bool' | 'date' | 'timestamp' | 'time' | 'interval' | 'uuid' | 'json' | 'bytes' | 'inet' | 'mac'
  | 'range' | 'enum' | 'vector' | 'other'

/** The group of a column's type, arrays as their elements. */
export function typeGroup({ kind, baseType }: Pick<ColumnFacts, 'kind' | 'baseType'>): TypeGroup {
  if (kind === 'enum') return 'enum'
  if (kind === 'range' || kind === 'multirange') return 'range'
  return groups.get(baseType) ?? 'other'
}

const groups: ReadonlyMap<string, TypeGroup> = new Map(
  Object.entries({
    text: 'text varchar bpchar citext name',
    int: 'int2 int4 int8',
    decimal: 'numeric float4 float8 money',
    bool: 'bool',
    date: 'date',
    timestamp: 'timestamp timestamptz',
    time: 'time timetz',
    interval: 'interval',
    uuid: 'uuid',
    json: 'json jsonb',
    bytes: 'bytea',
    inet: 'inet cidr',
    mac: 'macaddr macaddr8',
    vector: 'vector halfvec',
  }).flatMap(([group, types]) => types.split(' ').map((type) => [type, group as TypeGroup] as const)),
)
