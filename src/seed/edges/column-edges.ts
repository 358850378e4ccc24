import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import type { Domain } from '../constraints/domain.ts'
import { jsonEdges } from './json-edges.ts'
import { numberEdges } from './number-edges.ts'
import { textEdges } from './text-edges.ts'
import { timeEdges } from './time-edges.ts'

/** What edge cases of a column are chosen by. */
export interface EdgeInput {
  readonly column: ColumnFacts
  readonly domain: Domain | undefined
  /** What fills the column otherwise: a rule of the user has none. */
  readonly generator: string
  /** Whether something is calculated from the column. */
  readonly isCounted: boolean
}

/** The edge cases of a column, before the column's type and checks are asked which of them they take. */
export function columnEdges({ column, domain, generator, isCounted }: EdgeInput): readonly string[] {
  if (generator.startsWith('rule:') || generator.startsWith('prisma:')) return []
  if (column.arrayDimensions > 0) return ['{}']
  if (column.kind === 'range') return generator.startsWith('type:') ? ['empty', '(,)'] : []
  if (column.kind !== 'scalar') return []
  switch (column.baseType) {
    case 'text':
    case 'varchar':
    case 'bpchar':
    case 'citext':
      return textEdges(generator, column.maxLength)
    case 'int2':
    case 'int4':
    case 'int8':
    case 'numeric':
    case 'float4':
    case 'float8':
      if (!measured.has(generator) && !generator.startsWith('type:')) return []
      return [...numberEdges(column, isCounted), ...boundsOf(domain)]
    case 'date':
    case 'timestamp':
    case 'timestamptz':
    case 'time':
      return timeEdges(generator, column.baseType)
    case 'json':
    case 'jsonb':
      return jsonEdges(column.default)
    case 'bytea':
      return ['\\x', '\\x00', '\\xff', `\\x${'00ff'.repeat(512)}`]
    case 'uuid':
      return generator === 'type:uuid'
        ? ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
        : []
    case 'inet':
      return ['192.0.2.0', '203.0.113.255', '198.51.100.0/24', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff']
    default:
      return []
  }
}

/** Both ends of what a CHECK allows. */
function boundsOf(domain: Domain | undefined): readonly string[] {
  return [domain?.min?.value, domain?.max?.value].filter((value) => value !== undefined)
}

/** Numbers that may be any of their type without meaning something else. */
const measured: ReadonlySet<string> = new Set(
  'count measure price priceMinor subtotal tax total salary balance percent ratio rating score byteSize'.split(' '),
)
