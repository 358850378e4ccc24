import type { Random } from '../../../seed/random/random.ts'

const vowels = 'a e i o u'.split(' ')
const syllables = 'b d f g k l m n p r s t v z'.split(' ').flatMap((first) => vowels.map((vowel) => first + vowel))
/** Words of two syllables, made once: a text needs many. */
const words = syllables.flatMap((first) => syllables.map((second) => first + second))

/**
 * A text of as many code units in words of no language, so that no run of it can be one of the text that it stands for,
 * but by chance. Line breaks stay: they are the form of a text and not its content.
 */
export function pseudoText(value: string, random: Random): string {
  if (!value.includes('\n')) return line(value.length, random)
  return value
    .split('\n')
    .map((one) => (one.endsWith('\r') ? `${line(one.length - 1, random)}\r` : line(one.length, random)))
    .join('\n')
}

function line(length: number, random: Random): string {
  let text = ''
  while (text.length < length) {
    const drawn = random.below(2 ** 16)
    text += words[drawn % words.length] ?? ''
    // A third of the words have three syllables.
    if (drawn % 3 === 0) text += syllables[drawn % syllables.length] ?? ''
    text += drawn % 11 === 0 ? ', ' : ' '
  }
  const whole = text.slice(0, length)
  return whole.endsWith(' ') || whole.endsWith(',') ? `${whole.slice(0, -1)}a` : whole
}
