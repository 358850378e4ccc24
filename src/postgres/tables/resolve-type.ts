import { Bug } from '../../errors/bug.ts'
import type { CheckFacts, ColumnFacts, TypeKind } from './table-facts.ts'
import type { ColumnRow, TypedRow, TypeRow } from './table-rows.ts'

/** The types that columns stand on, by OID. */
export type TypeRows = ReadonlyMap<string, TypeRow>

/** A column with its type looked up below domains and arrays. */
export function resolveColumn(row: ColumnRow, types: TypeRows): ColumnFacts {
  const typed = resolveTyped(row, types)
  return {
    ...typed,
    notNull: row.notNull || typed.notNull,
    default: row.default ?? (row.generated === null && row.identity === null ? typed.default : undefined),
    identity: row.identity ?? undefined,
    generated: row.generated ?? undefined,
    sequence: row.sequence ?? undefined,
    comment: row.comment ?? undefined,
  }
}

function resolveTyped(row: TypedRow, types: TypeRows): ColumnFacts {
  const outer = belowDomains(String(row.typeId), row.modifier, types)
  const isArray = outer.type.elementId !== null
  const inner =
    outer.type.elementId === null ? outer : belowDomains(outer.type.elementId, outer.modifier, types)
  return {
    name: row.name,
    type: row.type,
    ...plainType(typeAt(String(row.typeId), types), outer.type, inner.type, types),
    kind: kinds[inner.type.kind] ?? 'scalar',
    baseType: inner.type.name,
    arrayDimensions: isArray ? Math.max(1, row.dimensions, outer.dimensions) : 0,
    enumLabels: inner.type.labels ?? undefined,
    ...modifierFacts(inner.type.name, inner.modifier),
    notNull: outer.notNull,
    default: outer.default,
    identity: undefined,
    generated: undefined,
    sequence: undefined,
    domainChecks: outer.checks,
    elementDomain:
      isArray && (inner.notNull || inner.checks.length > 0)
        ? { notNull: inner.notNull, checks: inner.checks }
        : undefined,
    parts: partsOf(inner.type, types),
    comment: undefined,
  }
}

function plainType(own: TypeRow, outer: TypeRow, inner: TypeRow, types: TypeRows): { readonly plainType?: string } {
  if (outer.elementId === null) return own.kind === 'd' ? { plainType: outer.type } : {}
  const isOfDomain = typeAt(outer.elementId, types).kind === 'd'
  return own.kind === 'd' || isOfDomain ? { plainType: `${inner.type}[]` } : {}
}

const kinds: Readonly<Record<string, TypeKind>> = { e: 'enum', c: 'composite', r: 'range', m: 'multirange' }

interface Below {
  readonly type: TypeRow
  readonly modifier: number
  readonly dimensions: number
  readonly notNull: boolean
  readonly default: string | undefined
  readonly checks: readonly CheckFacts[]
}

/** What lies below the domains of a type: every domain adds its checks, the innermost has the length or precision. */
function belowDomains(id: string, modifier: number, types: TypeRows): Below {
  const type = typeAt(id, types)
  if (type.kind !== 'd') return { type, modifier, dimensions: 0, notNull: false, default: undefined, checks: [] }
  const below = belowDomains(type.baseId, type.modifier, types)
  return {
    type: below.type,
    modifier: below.modifier,
    dimensions: Math.max(type.dimensions, below.dimensions),
    notNull: type.notNull || below.notNull,
    default: type.default ?? below.default,
    checks: [...(type.checks ?? []), ...below.checks],
  }
}

function partsOf(type: TypeRow, types: TypeRows): readonly ColumnFacts[] {
  if (type.attributes !== null) return type.attributes.map((attribute) => resolveTyped(attribute, types))
  if (type.subtypeId === null) return []
  const subtype = typeAt(type.subtypeId, types)
  const row = { name: 'subtype', typeId: subtype.id, modifier: -1, type: subtype.type, dimensions: 0 }
  return [resolveTyped(row, types)]
}

function typeAt(id: string, types: TypeRows): TypeRow {
  const type = types.get(id)
  if (type === undefined) throw new Bug(`The catalog told nothing of the type with OID ${id}.`)
  return type
}

type ModifierFacts = Pick<ColumnFacts, 'maxLength' | 'precision' | 'scale' | 'fractionDigits'>

/** What `pg_attribute.atttypmod` means depends on the type; -1 says nothing. */
function modifierFacts(baseType: string, modifier: number): ModifierFacts {
  const none = { maxLength: undefined, precision: undefined, scale: undefined, fractionDigits: undefined }
  if (modifier < 0) return none
  switch (baseType) {
    case 'varchar':
    case 'bpchar':
      return { ...none, maxLength: modifier - 4 }
    case 'bit':
    case 'varbit':
      return { ...none, maxLength: modifier }
    case 'numeric':
      // The scale is a number of 11 bits with a sign, since PostgreSQL 15.
      return { ...none, precision: ((modifier - 4) >> 16) & 0xffff, scale: (((modifier - 4) & 0x7ff) ^ 1024) - 1024 }
    case 'time':
    case 'timetz':
    case 'timestamp':
    case 'timestamptz':
      return { ...none, fractionDigits: modifier }
    case 'interval': {
      const digits = modifier & 0xffff
      return { ...none, fractionDigits: digits <= 6 ? digits : undefined }
    }
    default:
      return none
  }
}
