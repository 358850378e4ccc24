import type { Random } from '../../random/random.ts'

/** A sampler of values other than NULL. */
export interface ValueSampler {
  contains(text: string): boolean
  /** Undefined where there is none. */
  draw(random: Random): string | undefined
  readonly capacity: number
  readonly at?: ((index: number) => string) | undefined
}

/** The values of a list, which are all distinct. */
export function listSampler(values: readonly string[], contains: (text: string) => boolean): ValueSampler {
  return {
    contains,
    draw: (random) => (values.length === 0 ? undefined : random.pick(values)),
    capacity: values.length,
    at: (index) => values[index] ?? '',
  }
}
