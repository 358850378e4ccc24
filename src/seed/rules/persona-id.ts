import { createHash } from 'node:crypto'
import type { FieldInfo, ModelInfo } from '../../prisma/data-model.ts'
import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'

/**
 * The identifier of a persona, the same in every environment and every database: a version 8 UUID (RFC 9562) that
 * follows from the two names alone. For tests, which need not ask the database for it.
 */
export function personaId(model: string, persona: string): string {
  const hash = createHash('sha256').update(`${model}\0${persona}`).digest('hex')
  return [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `a${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-')
}

/** The same for a key of any type that an identifier is made for; numbers are the persona's place, from 1. */
export function identifierOf(
  model: ModelInfo,
  persona: string,
  place: number,
  field: FieldInfo,
  column: Pick<ColumnFacts, 'baseType'>,
): string | undefined {
  if (column.baseType === 'uuid') return personaId(model.name, persona)
  if (numbers.has(column.baseType)) return String(place + 1)
  const kind = /^\s*(uuid|cuid|ulid|nanoid)\s*\(\s*(\d*)/.exec(field.defaultText ?? '')
  const digits = createHash('sha256').update(`${model.name}\0${persona}`).digest('hex')
  switch (kind?.[1]) {
    case 'uuid':
      return personaId(model.name, persona)
    case 'cuid':
      return `c${digits.slice(0, kind[2] === '2' ? 23 : 24)}`
    case 'ulid':
      return `01${digits.slice(0, 24).toUpperCase()}`
    case 'nanoid':
      return digits.repeat(4).slice(0, Number(kind[2] === '' ? 21 : kind[2]))
    default:
      return undefined
  }
}

const numbers: ReadonlySet<string> = new Set(['int2', 'int4', 'int8'])
