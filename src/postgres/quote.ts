/**
 * An identifier as SQL, always quoted: case, spaces, dots, quotes and keywords survive.
 * PostgreSQL cuts names at 63 bytes; whoever makes up a name keeps it shorter (see `fitIdentifier`).
 */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** `"schema"."name"`. */
export function quoteQualified(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`
}

/** A text literal for generated files, which take no parameters. Independent of `standard_conforming_strings`. */
export function quoteLiteral(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted
}

/** The longest prefix of a name that PostgreSQL keeps (63 bytes of UTF-8), never half a character. */
export function fitIdentifier(name: string): string {
  const bytes = Buffer.from(name, 'utf8')
  if (bytes.length <= 63) return name
  let end = 63
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return bytes.subarray(0, end).toString('utf8')
}
