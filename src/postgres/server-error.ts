import { quoteIdentifier } from './quote.ts'
import { sqlstateOf } from './sqlstate.ts'

/** What a PostgreSQL server adds to an error, of the fields that hold no row values. */
export interface ServerError {
  readonly message: string
  readonly sqlstate: string
  readonly hint?: string
  /** From 1, in characters of the text that was sent. */
  readonly position?: number
  readonly schema?: string
  readonly table?: string
  readonly column?: string
  readonly constraint?: string
  /** The columns of a key, taken from the detail, whose values are left out. */
  readonly keyColumns?: string
}

/** Reads the fields of an error that came from a server. */
export function readServerError(error: unknown): ServerError {
  const fields: object = error instanceof Error ? error : {}
  const text = (name: string): string | undefined => {
    const value: unknown = Object.entries(fields).find(([key]) => key === name)?.[1]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const optional = (name: 'hint' | 'schema' | 'table' | 'column' | 'constraint'): Readonly<Record<string, string>> => {
    const value = text(name)
    return value === undefined ? {} : { [name]: value }
  }
  const keyColumns = /^Key \((.+?)\)=\(/.exec(text('detail') ?? '')?.[1]
  const position = Number(text('position'))
  return {
    message: error instanceof Error ? error.message : String(error),
    sqlstate: sqlstateOf(error) ?? 'unknown',
    ...optional('hint'),
    ...(Number.isInteger(position) && position > 0 ? { position } : {}),
    ...optional('schema'),
    ...optional('table'),
    ...optional('column'),
    ...optional('constraint'),
    ...(keyColumns === undefined ? {} : { keyColumns }),
  }
}

/** `"schema"."table"` of an error, where the server named it. */
export function tableOf({ schema, table }: ServerError): string | undefined {
  if (table === undefined) return undefined
  return schema === undefined ? quoteIdentifier(table) : `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`
}
