/**
 * The parts of a qualified name of a catalog, unquoted: `public."User"."a.b"` has the parts `public`, `User`, `a.b`.
 * PostgreSQL wrote the name, so quotes are balanced and nothing stands after the last part.
 */
export function splitName(name: string): readonly string[] {
  return [...name.matchAll(/"((?:[^"]|"")*)"|([^".]+)/gu)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  )
}

/**
 * The parts of a name as people say them: `public.User.id`, with quotes only where a dot, a comma, a parenthesis or a
 * quote in a part would make it another name, or a list of names.
 */
export function spokenName(parts: readonly string[]): string {
  return parts.map((part) => (/[.,()"]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part)).join('.')
}

/** A name of a catalog as people say it. */
export function sayName(name: string): string {
  return spokenName(splitName(name))
}

/** What the name stands in: the table of a column, the schema of a table. As quoted as the name is. */
export function ownerOfName(name: string): string {
  return name.slice(0, name.length - lastPart(name).length - 1)
}

/** The last part, as quoted as it stands. */
export function lastPart(name: string): string {
  const parts = [...name.matchAll(/"(?:[^"]|"")*"|[^".]+/gu)]
  return parts.at(-1)?.[0] ?? name
}
