/** A LIKE pattern as a regular expression for the flags `us`; undefined where it ends in an escape. */
export function likePattern(pattern: string): string | undefined {
  let source = '^'
  const characters = Array.from(pattern)
  for (let place = 0; place < characters.length; place++) {
    const character = characters[place] ?? ''
    if (character === '\\') {
      place++
      const escaped = characters[place]
      if (escaped === undefined) return undefined
      source += escapeRegExp(escaped)
    } else source += character === '%' ? '.*' : character === '_' ? '.' : escapeRegExp(character)
  }
  return `${source}$`
}

/** A SIMILAR TO pattern as a regular expression; undefined for what has another meaning there, or is rare. */
export function similarPattern(pattern: string): string | undefined {
  if (/[\\"]|\[\^?[^\]]*\[/.test(pattern)) return undefined
  const source = pattern.replace(/\[[^\]]*\]|./gsu, (part) => {
    if (part.length > 1) return part
    if (part === '%') return '.*'
    if (part === '_') return '.'
    return /[.^$/]/.test(part) ? escapeRegExp(part) : part
  })
  return `^(?:${source})$`
}

/** Text that stands for itself in a regular expression with the flag `u`. */
export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')
}
