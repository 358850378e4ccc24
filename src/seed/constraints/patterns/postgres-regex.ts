import { escapeRegExp } from './like-pattern.ts'

/** A regular expression of PostgreSQL for JavaScript, flags `us`. */
export interface TranslatedRegex {
  readonly source: string
  /** What a letter or a blank is depends on the locale there: only ASCII texts can be judged. */
  readonly asciiOnly: boolean
  readonly ignoreCase: boolean
}

/**
 * Translates an advanced regular expression (the syntax of `~`). Both sides take `^` and `$` for the ends of the text
 * and let `.` match a newline. A text says why it cannot be translated.
 */
export function translateRegex(pattern: string): TranslatedRegex | string {
  const state: State = { text: Array.from(pattern), place: 0, asciiOnly: false }
  const options = /^(?:\*\*\*:)?(?:\(\?([a-z]+)\))?/.exec(pattern)
  if (pattern.startsWith('***=')) return { source: escapeRegExp(pattern.slice(4)), asciiOnly: false, ignoreCase: false }
  const letters = options?.[1] ?? ''
  if (/[^ics]/.test(letters)) return `the option (?${letters}) of a regular expression`
  state.place = options?.[0].length ?? 0
  let source = ''
  while (state.place < state.text.length) {
    const piece = translatePiece(state)
    if (piece === undefined) return `the part "${state.text.slice(state.place, state.place + 8).join('')}" of a regular expression`
    source += piece
  }
  try {
    new RegExp(source, 'us')
  } catch {
    return 'a regular expression that JavaScript does not know'
  }
  const ignoreCase = /i[^c]*$/.test(letters)
  return { source, asciiOnly: state.asciiOnly || ignoreCase, ignoreCase }
}

interface State {
  readonly text: readonly string[]
  place: number
  asciiOnly: boolean
}

function translatePiece(state: State): string | undefined {
  const { text, place } = state
  const character = text[place] ?? ''
  if (character === '\\') return translateEscape(state, false)
  if (character === '[') return translateBracket(state)
  if (character === '{') {
    const bound = /^\{\d+(?:,\d*)?\}/.exec(text.slice(place, place + 12).join(''))?.[0]
    // A brace that opens no bound stands for itself.
    state.place += bound?.length ?? 1
    return bound ?? '\\{'
  }
  state.place++
  if (character === '}' || character === ']') return `\\${character}`
  return character === '/' ? '\\/' : character
}

const escapes: Readonly<Record<string, string>> = {
  A: '^', Z: '$', y: '\\b', Y: '\\B', m: '\\b(?=\\w)', M: '\\b(?<=\\w)',
  n: '\\n', r: '\\r', t: '\\t', f: '\\f', v: '\\v', a: '\\x07', e: '\\x1b', B: '\\\\',
}

/** Letters and blanks of ASCII, where PostgreSQL goes by the locale. */
const sets: Readonly<Record<string, string>> = {
  d: '0-9', w: 'A-Za-z0-9_', s: ' \\t\\n\\r\\f\\v',
}

function translateEscape(state: State, inBracket: boolean): string | undefined {
  const letter = state.text[state.place + 1]
  if (letter === undefined) return undefined
  const code = /^u[\da-fA-F]{4}|^x[\da-fA-F]{2}(?![\da-fA-F])/.exec(state.text.slice(state.place + 1, state.place + 6).join(''))
  if (code !== null) {
    state.place += code[0].length + 1
    return `\\${code[0]}`
  }
  const set = sets[letter.toLowerCase()]
  if (set !== undefined) {
    state.asciiOnly = true
    state.place += 2
    const isNegated = letter !== letter.toLowerCase()
    if (inBracket) return isNegated ? undefined : set
    return `[${isNegated ? '^' : ''}${set}]`
  }
  const known = escapes[letter]
  if (known !== undefined && (!inBracket || /^[nrtfvae]$/.test(letter))) {
    if (/^[yYmM]$/.test(letter)) state.asciiOnly = true
    state.place += 2
    return known
  }
  if (/^[\p{L}\d]$/u.test(letter)) return undefined
  state.place += 2
  return inBracket ? escapeInBracket(letter) : escapeRegExp(letter)
}

const classes: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z', digit: '0-9', alnum: 'A-Za-z0-9', upper: 'A-Z', lower: 'a-z', space: ' \\t\\n\\r\\f\\v',
  blank: ' \\t', punct: '!-\\/:-@\\[-`\\{-~', xdigit: '0-9A-Fa-f', print: ' -~', graph: '!-~', cntrl: '\\x00-\\x1f\\x7f',
  word: 'A-Za-z0-9_',
}

function translateBracket(state: State): string | undefined {
  const { text } = state
  let place = state.place + 1
  let source = '['
  if (text[place] === '^') {
    source += '^'
    place++
  }
  for (let first = true; place < text.length; first = false) {
    const character = text[place] ?? ''
    if (character === ']' && !first) {
      state.place = place + 1
      return `${source}]`
    }
    if (character === '[' && /[:.=]/.test(text[place + 1] ?? '')) {
      const name = /^\[:([a-z]+):\]/.exec(text.slice(place, place + 12).join(''))
      const set = classes[name?.[1] ?? '']
      if (name === null || set === undefined) return undefined
      state.asciiOnly = true
      source += set
      place += name[0].length
      continue
    }
    if (character === '\\') {
      state.place = place
      const escaped = translateEscape(state, true)
      if (escaped === undefined) return undefined
      source += escaped
      place = state.place
      continue
    }
    // Between two others a hyphen makes a range; at the ends it stands for itself.
    const isRange = character === '-' && !first && text[place + 1] !== ']' && source !== '[^'
    source += isRange ? '-' : escapeInBracket(character)
    place++
  }
  return undefined
}

function escapeInBracket(character: string): string {
  return /[\\\][^\-/{}()|$.*+?]/.test(character) ? `\\${character}` : character
}
