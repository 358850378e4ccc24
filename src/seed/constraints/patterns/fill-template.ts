import type { Part } from './template.ts'

/** The characters to choose from at each place of a string. */
export type Template = readonly (readonly string[])[]

/** Decides what a pattern leaves open. */
export interface Chooser {
  /** How often something is repeated, `least` and `most` included. */
  count(least: number, most: number): number
  part(parts: readonly Part[]): Part | undefined
}

/** A way through a pattern whose strings have between `least` and `most` characters; undefined where none was found. */
export function templateOf(part: Part, least: number, most: number, chooser: Chooser): Template | undefined {
  if (part.min > most || part.max < least) return undefined
  switch (part.kind) {
    case 'characters':
      return part.characters.length === 0 ? undefined : [part.characters]
    case 'choice': {
      const chosen = chooser.part(part.parts.filter(({ min, max }) => min <= most && max >= least))
      return chosen === undefined ? undefined : templateOf(chosen, least, most, chooser)
    }
    case 'sequence':
      return sequenceOf(part.parts, least, most, chooser)
    case 'repeat': {
      const { part: inner, from, to } = part
      if (inner.max === 0) return []
      const fewest = Math.max(from, Number.isFinite(inner.max) ? Math.ceil(least / inner.max) : Math.min(1, least))
      const most2 = Math.min(to, inner.min === 0 ? Math.max(from, most) : Math.floor(most / inner.min))
      if (fewest > most2) return undefined
      const count = chooser.count(fewest, most2)
      return sequenceOf(Array.from({ length: count }, () => inner), least, most, chooser)
    }
  }
}

function sequenceOf(parts: readonly Part[], least: number, most: number, chooser: Chooser): Template | undefined {
  const result: (readonly string[])[] = []
  let restMin = parts.reduce((total, { min }) => total + min, 0)
  const restMaxes = parts.map(({ max }) => max)
  let finiteMax = restMaxes.filter(Number.isFinite).reduce((total, max) => total + max, 0)
  let infinite = restMaxes.filter((max) => !Number.isFinite(max)).length
  for (const part of parts) {
    restMin -= part.min
    if (Number.isFinite(part.max)) finiteMax -= part.max
    else infinite--
    const restMax = infinite > 0 ? Infinity : finiteMax
    const low = Math.max(part.min, least - result.length - restMax)
    const high = Math.min(part.max, most - result.length - restMin)
    const piece = templateOf(part, low, high, chooser)
    if (piece === undefined) return undefined
    result.push(...piece)
  }
  return result
}
