import type { ColumnFacts } from '../../../postgres/tables/table-facts.ts'

/** Values of a type that are simply numbered: nothing but equality is known of them. */
export interface NumberedType {
  readonly capacity: number
  /** Distinct for distinct numbers below the capacity. */
  text(index: number): string
}

const million = 1_000_000
const large = 2 ** 40

/** Types of which values are made by number. Addresses are those that documentation may use. */
export function numberedType(column: ColumnFacts): NumberedType | undefined {
  const sized = /^(?:[\w."]+\.)?(vector|halfvec)\((\d+)\)$/.exec(column.type)
  if (sized !== null) return vector(Number(sized[2]))
  if (column.baseType === 'bit' || column.baseType === 'varbit') return bits(column.maxLength ?? 32)
  return types[column.baseType]
}

const types: Readonly<Record<string, NumberedType>> = {
  inet: { capacity: large, text: (index) => (index < 508 ? ipv4(index) : ipv6(index)) },
  cidr: { capacity: large, text: (index) => (index < 508 ? `${ipv4(index)}/32` : `${ipv6(index)}/128`) },
  macaddr: { capacity: large, text: (index) => `02:${pairs(index, 5)}` },
  macaddr8: { capacity: large, text: (index) => `02:${pairs(index, 7)}` },
  xml: { capacity: large, text: (index) => `<value>${index}</value>` },
  jsonpath: { capacity: large, text: (index) => `$."key${index}"` },
  tsvector: { capacity: large, text: (index) => `'word${index}':1` },
  tsquery: { capacity: large, text: (index) => `'word${index}'` },
  pg_lsn: { capacity: 2 ** 32, text: (index) => `0/${index.toString(16).toUpperCase()}` },
  xid: { capacity: 2 ** 31, text: (index) => String(index + 3) },
  xid8: { capacity: large, text: (index) => String(index + 3) },
  cid: { capacity: 2 ** 31, text: String },
  tid: { capacity: million, text: (index) => `(${index},1)` },
  point: { capacity: million, text: (index) => `(${index},${index})` },
  lseg: { capacity: million, text: (index) => `[(0,0),(${index + 1},1)]` },
  line: { capacity: million, text: (index) => `{1,-1,${index}}` },
  box: { capacity: million, text: (index) => `(${index + 1},1),(0,0)` },
  path: { capacity: million, text: (index) => `((0,0),(${index + 1},1))` },
  polygon: { capacity: million, text: (index) => `((0,0),(${index + 1},1),(1,2))` },
  circle: { capacity: million, text: (index) => `<(0,0),${index + 1}>` },
  hstore: { capacity: large, text: (index) => `"key"=>"${index}"` },
  ltree: { capacity: large, text: (index) => `top.n${index}` },
  geometry: { capacity: million, text: (index) => `POINT(${index % 180} ${(Math.floor(index / 180) % 9000) / 100})` },
  geography: { capacity: million, text: (index) => `POINT(${index % 180} ${(Math.floor(index / 180) % 9000) / 100})` },
}

/** TEST-NET-2 and TEST-NET-3. */
function ipv4(index: number): string {
  return index < 254 ? `198.51.100.${index + 1}` : `203.0.113.${index - 253}`
}

function ipv6(index: number): string {
  const digits = index.toString(16).padStart(12, '0')
  return `2001:db8::${[0, 4, 8].map((start) => parseInt(digits.slice(start, start + 4), 16).toString(16)).join(':')}`
}

function pairs(index: number, count: number): string {
  return index.toString(16).padStart(count * 2, '0').match(/../g)?.join(':') ?? ''
}

function bits(length: number): NumberedType {
  const used = Math.min(length, 48)
  return { capacity: 2 ** used, text: (index) => index.toString(2).padStart(used, '0').padStart(length, '0') }
}

function vector(dimensions: number): NumberedType {
  const text = (index: number): string =>
    `[${Array.from({ length: dimensions }, (_, place) => ((index + place * 37) % 1000) / 1000 + (place === 0 ? Math.floor(index / 1000) : 0)).join(',')}]`
  return { capacity: million, text }
}
