/** What a quoted value of a schema says, its escapes resolved; `undefined` where the value is no string. */
export function readStringValue(valueText: string): string | undefined {
  if (!/^"(?:[^"\\]|\\.)*"$/.test(valueText)) return undefined
  return valueText.slice(1, -1).replaceAll(/\\(u[\da-fA-F]{4}|.)/g, (_, escape: string) => unescape(escape))
}

/** The variable that `env("NAME")` names; `undefined` for any other value. */
export function readEnvironmentName(valueText: string): string | undefined {
  const argument = /^env\s*\(\s*("(?:[^"\\]|\\.)*")\s*\)$/.exec(valueText)?.[1]
  return argument === undefined ? undefined : readStringValue(argument)
}

/** The strings of a list such as `["public", "audit"]`, comments between them left out. */
export function readStringList(valueText: string): readonly string[] {
  const parts = valueText.match(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g) ?? []
  return parts.flatMap((part) => readStringValue(part) ?? [])
}

function unescape(escape: string): string {
  if (escape.length === 5) return String.fromCharCode(Number.parseInt(escape.slice(1), 16))
  return controlCharacters[escape] ?? escape
}

const controlCharacters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
