import type { Random } from '../../random/random.ts'
import { type Chooser, type Template, templateOf } from './fill-template.ts'
import { patternShape, type PatternShape } from './template.ts'

/** Makes strings for one regular expression. */
export interface PatternStrings {
  /** Undefined where none of the wanted length was found. Rough patterns need a check. */
  draw(random: Random): string | undefined
  /** Distinct strings, counted: the n-th picks its characters by the digits of n. */
  readonly template: Template | undefined
  readonly isRough: boolean
}

/** How much longer than it must be a string may get, where the pattern leaves it open. */
const slack = 9

/** Strings for a JavaScript regular expression with lengths within limits. */
export function patternStrings(source: string, least: number, most: number): PatternStrings {
  const shape = patternShape(source)
  const shortest = Math.max(least, shape.part.min)
  const longest = Math.min(most, shape.part.max, shortest + slack)
  return {
    draw: (random) => {
      const target = shortest + random.below(Math.max(1, longest - shortest + 1))
      const template =
        templateOf(shape.part, least, target, randomChooser(random)) ??
        templateOf(shape.part, least, longest, randomChooser(random))
      return template?.map((characters) => random.pick(characters)).join('')
    },
    template: countedTemplate(shape, least, longest),
    isRough: shape.isRough,
  }
}

/** The string of a number, by its digits; the number is below the product of the choices. */
export function stringAt(template: Template, index: bigint): string {
  let rest = index
  const digits = template.toReversed().map((characters) => {
    const base = BigInt(characters.length)
    const digit = Number(rest % base)
    rest /= base
    return characters[digit] ?? ''
  })
  return digits.reverse().join('')
}

/** How many strings a template makes. */
export function templateSize(template: Template): bigint {
  return template.reduce((product, characters) => product * BigInt(characters.length), 1n)
}

function countedTemplate({ part }: PatternShape, least: number, longest: number): Template | undefined {
  const chooser: Chooser = {
    count: (_, most) => most,
    part: (parts) => parts.toSorted((a, b) => room(b) - room(a))[0],
  }
  const room = (choice: (typeof part)): number => {
    const template = templateOf(choice, choice.min, Math.max(choice.min, Math.min(choice.max, longest)), chooser)
    return template === undefined ? -1 : Math.log(Number(templateSize(template)) + 1)
  }
  return templateOf(part, least, longest, chooser)
}

function randomChooser(random: Random): Chooser {
  return {
    count: (least, most) => least + random.below(Math.max(1, Math.min(most, least + slack) - least + 1)),
    part: (parts) => (parts.length === 0 ? undefined : random.pick(parts)),
  }
}
