import type { Domain } from '../domain.ts'
import { listSampler, type ValueSampler } from './value-sampler.ts'

/** `bytea` of some length, in hexadecimal. */
export function bytesSampler(domain: Domain): ValueSampler {
  const least = domain.minLength ?? 0
  const most = domain.maxLength ?? Infinity
  const contains = (text: string): boolean => {
    if (!/^\\x(?:[\da-f]{2})*$/i.test(text)) return false
    const length = (text.length - 2) / 2
    if (length < least || length > most || domain.excluded?.includes(text.toLowerCase()) === true) return false
    return domain.values?.includes(text.toLowerCase()) !== false
  }
  if (domain.values !== undefined) return listSampler([...new Set(domain.values)].filter(contains), contains)
  if (least > most) return { contains, draw: () => undefined, capacity: 0 }
  const bytes = Math.max(least, Math.min(16, most))
  return {
    contains,
    draw: (random) => {
      const length = least + random.below(Math.max(1, bytes - least + 1))
      return `\\x${Array.from({ length }, () => random.below(256).toString(16).padStart(2, '0')).join('')}`
    },
    capacity: bytes >= 7 ? Number.MAX_SAFE_INTEGER : 256 ** bytes,
    at: (index) => `\\x${index.toString(16).padStart(bytes * 2, '0')}`,
  }
}
