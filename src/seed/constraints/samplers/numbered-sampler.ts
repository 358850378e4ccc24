import type { Domain } from '../domain.ts'
import type { NumberedType } from './plain-types.ts'
import { listSampler, type ValueSampler } from './value-sampler.ts'

/** Values of types of which only equality is known. Any text that is not excluded counts as one of them. */
export function numberedSampler(type: NumberedType, domain: Domain): ValueSampler {
  const excluded = new Set(domain.excluded)
  const contains = (text: string): boolean =>
    !excluded.has(text) && domain.values?.includes(text) !== false
  if (domain.values !== undefined) return listSampler([...new Set(domain.values)].filter(contains), contains)
  const usual = Math.min(type.capacity, 500)
  return {
    contains,
    draw: (random) => {
      for (let attempt = 0; attempt < 20; attempt++) {
        const text = type.text(random.below(usual))
        if (contains(text)) return text
      }
      return undefined
    },
    capacity: type.capacity,
    at: (index) => type.text(index),
  }
}
