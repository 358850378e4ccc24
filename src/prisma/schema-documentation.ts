/**
 * The `///` comments of a model's fields, by the field's name: those on the lines above it, and the one behind it on
 * its own line, as Prisma attaches them. An empty line ends what stands above.
 */
export function readDocumentation(block: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  // Most models have none, and a schema is read whenever a command starts.
  if (!block.includes('///')) return found
  let above: readonly string[] = []
  for (const line of block.slice(block.indexOf('{') + 1).split(/\r?\n/)) {
    const { name, comment } = documentedLine.exec(line)?.groups ?? {}
    const own = comment === undefined ? [] : [comment.trim()]
    if (name === undefined) above = own.length === 0 ? [] : [...above, ...own]
    else {
      if (above.length + own.length > 0) found.set(name, [...above, ...own].join('\n'))
      above = []
    }
  }
  return found
}

/** The `///` comments on the lines above a block; undefined where there are none. */
export function documentationAbove(text: string, start: number): string | undefined {
  const found: string[] = []
  let end = text.lastIndexOf('\n', start)
  while (end > 0) {
    const begin = text.lastIndexOf('\n', end - 1) + 1
    const line = text.slice(begin, end).trim()
    if (!line.startsWith('///')) break
    found.unshift(line.slice(3).trim())
    end = begin - 1
  }
  return found.length === 0 ? undefined : found.join('\n')
}

/** A field's name, what follows it (strings may hold slashes), and a comment of three slashes. */
const documentedLine = /^\s*(?:(?<name>[\p{L}\p{N}_]+)\s(?:[^"/]|"(?:[^"\\]|\\.)*"|\/(?!\/))*)?(?:\/\/\/(?<comment>.*))?/u
