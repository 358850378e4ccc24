import type { Random } from '../../random/random.ts'
import type { Domain } from '../domain.ts'
import { arrayElements, arrayText } from './container-text.ts'
import { listSampler, type ValueSampler } from './value-sampler.ts'

/** Arrays of one dimension, of what another sampler makes. */
export function arraySampler(elements: ValueSampler, domain: Domain): ValueSampler {
  const least = domain.minLength ?? 0
  const most = domain.maxLength ?? Infinity
  const holds = domain.holds ?? []
  const nullElements = domain.elements?.null !== 'never'
  const contains = (text: string): boolean => {
    const found = arrayElements(text)
    if (found === undefined || found.length < least || found.length > most) return false
    if (!found.every((one) => (one === null ? nullElements : elements.contains(one)))) return false
    if (!holds.every((one) => found.includes(one))) return false
    const same = (other: string): boolean => sameArray(found, arrayElements(other))
    return domain.values?.some(same) !== false && domain.excluded?.some(same) !== true
  }
  if (domain.values !== undefined) return listSampler([...new Set(domain.values)].filter(contains), contains)
  const isImpossible = least > most || holds.length > most || (elements.capacity === 0 && least > 0)
  if (isImpossible) return { contains, draw: () => undefined, capacity: 0 }
  const usual = Math.min(most, Math.max(least, 1) + 2)
  const { at } = elements
  const length = Math.max(1, least - holds.length)
  const isFull = holds.length + length > most
  return {
    contains,
    draw: (random) => {
      for (let attempt = 0; attempt < 20; attempt++) {
        const text = drawArray(elements, { from: Math.min(usual, Math.max(least, 1)), to: usual, least, holds }, random)
        if (text !== undefined && contains(text)) return text
      }
      return undefined
    },
    ...(at === undefined || isFull
      ? { capacity: isFull ? 1 : Infinity, ...(isFull ? { at: () => arrayText(holds) } : {}) }
      : {
          capacity: elements.capacity,
          at: (index: number) => arrayText([...holds, ...Array.from({ length }, () => at(index))]),
        }),
  }
}

interface Lengths {
  readonly from: number
  readonly to: number
  readonly least: number
  /** Come first, in a list that has room for them. */
  readonly holds: readonly string[]
}

/** Without repetitions, where that leaves enough. */
function drawArray(
  elements: ValueSampler,
  { from, to, least, holds }: Lengths,
  random: Random,
): string | undefined {
  const count = Math.max(0, from + random.below(to - from + 1) - holds.length)
  const drawn: string[] = [...holds]
  for (let place = 0; place < count; place++) {
    const element = elements.draw(random)
    if (element === undefined) return least === 0 ? '{}' : undefined
    if (!drawn.includes(element) || elements.capacity < least) drawn.push(element)
  }
  while (drawn.length < least) drawn.push(elements.draw(random) ?? '')
  return arrayText(drawn)
}

function sameArray(a: readonly (string | null)[], b: readonly (string | null)[] | undefined): boolean {
  return b?.length === a.length && a.every((element, place) => element === b[place])
}
