import { DatabaseUrl, revealUrl } from '../postgres/database-url.ts'

/** The same database, with another schema for unqualified names. */
export function withSchema(url: DatabaseUrl, schema: string): DatabaseUrl {
  if (url.schema === schema) return url
  const whole = new URL(revealUrl(url))
  whole.searchParams.set('schema', schema)
  return new DatabaseUrl({ ...url, schema }, whole.toString())
}
