import { referenceSyntax } from './errors.ts'
import type { DeclaredFile, DeclaredRow, DeclaredValue } from './declared.ts'
import { readSettings } from './reference-settings.ts'
import { shareNames } from './share-names.ts'

/**
 * Reads reference data from what a module exports: a list of rows, or `defineReference({ key, removed, rows })`.
 * @throws SEED_REFERENCE_SYNTAX
 */
export function readModule(path: string, model: string, exported: unknown): DeclaredFile {
  const { rows, ...settings } = Array.isArray(exported) ? { rows: exported as unknown } : asObject(path, exported)
  if (!Array.isArray(rows)) throw referenceSyntax(path, 'It must export a list of rows, or an object with `rows`.')
  const share = shareNames()
  return {
    path,
    text: undefined,
    format: 'ts',
    model,
    ...readSettings(path, settings, undefined),
    rows: rows.map((row: unknown, index): DeclaredRow => {
      if (!isObject(row)) throw referenceSyntax(path, `Row ${index + 1} of the list is no object.`)
      const entries = Object.entries(row).filter(([, value]) => value !== undefined)
      return {
        names: share(entries.map(([name]) => name)),
        values: entries.map(([, value]) => toDeclared(value)),
        line: index + 1,
      }
    }),
  }
}

/** A value of JavaScript in the form in which reference data carries values. */
export function toDeclared(value: unknown): DeclaredValue {
  if (value === null || value === undefined) return null
  const items = Array.isArray(value) ? value.map(toDeclared) : []
  // A date that is none has no text: it is refused where an object would be.
  const isDate = value instanceof Date && !Number.isNaN(value.getTime())
  const isPlain = isObject(value) && !isDate && !(value instanceof Uint8Array)
  const members = new Map(isPlain ? Object.entries(value).map(([name, one]) => [name, toDeclared(one)] as const) : [])
  return {
    kind: Array.isArray(value) ? 'list' : isPlain ? 'object' : 'text',
    text: Array.isArray(value) || isPlain ? '' : textOf(value),
    json: JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one)),
    items,
    members,
    line: undefined,
    column: undefined,
  }
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  return String(value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function asObject(path: string, value: unknown): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value
  throw referenceSyntax(path, 'It must export a list of rows, or an object with `rows`.')
}
