import type { Shape } from './text-id.ts'

const pattern = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/u

/** True for a UUID as PostgreSQL writes it, and for the same in capitals. */
export function isUuid(value: string): boolean {
  if (value.length !== 36) return false
  return pattern.test(value) || (value === value.toUpperCase() && pattern.test(value.toLowerCase()))
}

/** 122 bits change; the version stays, and so does the variant (the two high bits of its digit). */
export function uuidShape(value: string): Shape {
  const isUpper = value !== value.toLowerCase()
  const hex = isUpper ? '0123456789ABCDEF' : '0123456789abcdef'
  const version = value[14] ?? ''
  const variant = Math.floor(Number.parseInt(value[19] ?? '0', 16) / 4)
  const alphabets = [...value].flatMap((unit, place) => {
    if (unit === '-' || place === 14) return []
    return [{ place, letters: place === 19 ? hex.slice(variant * 4, variant * 4 + 4) : hex }]
  })
  return { name: `uuid ${isUpper ? 'upper' : 'lower'} ${version} ${variant}`, alphabets }
}
