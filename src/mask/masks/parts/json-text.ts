import type { Cell } from '../../../seed/cell.ts'
import type { CellMask } from '../../mask.ts'
import type { World } from '../../world.ts'
import { isKnownKey } from './known-keys.ts'
import { pseudoText } from './pseudo-text.ts'

interface JsonMasks {
  /** By path: `$.items[*].sku`. */
  readonly paths: ReadonlyMap<string, CellMask>
  readonly byKey: (key: string) => CellMask | undefined
  readonly world: World
}

/**
 * Rewrites a document leaf by leaf, from its text: numbers keep their digits, keys their order, and what JavaScript
 * could not hold is held. A key that is no word of programs is data, and masked; so are the values under it.
 */
export function jsonText({ paths, byKey, world }: JsonMasks): (text: string, row: readonly Cell[]) => string {
  const chanceOf = world.chance('json')
  return (text, row) => {
    let at = 0
    const skip = (): string => {
      const start = at
      while (at < text.length && ' \t\n\r'.includes(text[at] ?? '')) at++
      return text.slice(start, at)
    }

    function value(path: string, key: string): string {
      const before = skip()
      const sign = text[at]
      const made = sign === '{' ? object(path) : sign === '[' ? array(path, key) : sign === '"' ? string(path, key) : scalar(path)
      return before + made + skip()
    }

    function object(path: string): string {
      let made = text[at++] ?? ''
      made += skip()
      while (at < text.length && text[at] !== '}') {
        const own = JSON.parse(quoted()) as string
        const isNamed = isKnownKey(own) || isPathNamed(paths, path, own)
        const name = isNamed ? own : pseudoText(own.length < 3 ? 'key' : own, chanceOf(`key ${own}`))
        made += JSON.stringify(name) + skip() + (text[at++] ?? '') + value(`${path}.${own}`, own)
        if (text[at] === ',') made += (text[at++] ?? '') + skip()
      }
      return made + (text[at++] ?? '')
    }

    function array(path: string, key: string): string {
      let made = text[at++] ?? ''
      made += skip()
      while (at < text.length && text[at] !== ']') {
        made += value(`${path}[*]`, key)
        if (text[at] === ',') made += text[at++] ?? ''
      }
      return made + (text[at++] ?? '')
    }

    function string(path: string, key: string): string {
      const raw = quoted()
      const own = JSON.parse(raw) as string
      const named = paths.get(path) ?? byKey(key)
      if (named !== undefined) return JSON.stringify(named.apply(own, row))
      return own === '' ? raw : JSON.stringify(pseudoText(own, chanceOf(own)))
    }

    function scalar(path: string): string {
      const raw = /[^\s,\]}]*/uy
      raw.lastIndex = at
      const own = raw.exec(text)?.[0] ?? ''
      at += own.length
      const named = paths.get(path)
      if (own === 'null') return own
      if (named !== undefined) return literal(named.apply(own, row), own)
      const random = chanceOf(`${path}\0${text}`)
      if (own === 'true' || own === 'false') return random.fraction() < 0.5 ? 'true' : 'false'
      // What is no number is no JSON.
      if (!/^-?\d/u.test(own)) return 'null'
      // Every digit but those of the exponent, which says no more than how large the number is.
      const [, sign = '', whole = '', fraction = '', exponent = ''] = /^(-?)(\d*)((?:\.\d+)?)(.*)$/su.exec(own) ?? []
      const decimals = fraction.replace(/\d/gu, () => String(random.below(10)))
      return sign + digitsLike(whole, random.fraction()) + decimals + exponent
    }

    function quoted(): string {
      const pattern = /"(?:[^"\\]|\\.)*"/suy
      pattern.lastIndex = at
      const raw = pattern.exec(text)?.[0] ?? '""'
      at += Math.max(1, raw.length)
      return raw
    }

    const made = value('$', '')
    return at >= text.length ? made : 'null'
  }
}

/** True where somebody has named the path of a key, or one below it. */
function isPathNamed(paths: ReadonlyMap<string, unknown>, path: string, key: string): boolean {
  const own = `${path}.${key}`
  for (const one of paths.keys()) {
    if (one === own || one.startsWith(`${own}.`) || one.startsWith(`${own}[`)) return true
  }
  return false
}

/** Another number of as many digits; none but 0 begins with 0. */
function digitsLike(digits: string, drawn: number): string {
  const count = Math.min(digits.length, 15)
  const least = count === 1 ? 0 : 10 ** (count - 1)
  return String(least + Math.floor(drawn * (10 ** count - least))) + '0'.repeat(digits.length - count)
}

/** What is not a number, a truth or null must be quoted again. */
function literal(cell: Cell, own: string): string {
  if (cell === null) return 'null'
  return cell === own || /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false)$/u.test(cell) ? cell : JSON.stringify(cell)
}
