import type { Catalog, CatalogObject } from '../../postgres/catalog/catalog.ts'
import type { CatalogDifference, PropertyDifference } from '../../postgres/catalog/compare-catalogs.ts'
import { lastPart, ownerOfName } from '../../postgres/catalog/names.ts'
import { quoteLiteral } from '../../postgres/quote.ts'
import { list } from './direct/sides.ts'

/**
 * Statements for what a way back has left otherwise and neither planner knows of: how columns are stored, options in
 * their parts, comments on parts of views and types. Whatever is not among it stays a difference.
 * @param differences from the wanted catalog to the present one
 */
export function finishingSteps(differences: readonly CatalogDifference[], wanted: Catalog): readonly string[] {
  const objects = new Map(wanted.objects.map((object) => [`${object.kind} ${object.name}`, object]))
  return differences.flatMap((one) => stepsFor(one, objects.get(`${one.kind} ${one.name}`)))
}

function stepsFor(difference: CatalogDifference, wanted: CatalogObject | undefined): readonly string[] {
  const { kind, name, properties } = difference
  switch (kind) {
    case 'table':
      return properties.flatMap((one) => (one.property === 'options' ? optionSteps(`ALTER TABLE ${name}`, one) : []))
    case 'toast table': {
      const [after] = properties
      const options = after ?? { before: wanted?.definition['options'] ?? [], after: [] }
      return difference.change === 'added' ? [] : optionSteps(`ALTER TABLE ${name}`, options, 'toast.')
    }
    case 'column':
      return properties.flatMap((one) => columnSteps(name, one))
    case 'index':
      return properties.flatMap(({ property, before }) => {
        const table = String(wanted?.definition['table'])
        if (property !== 'clustered') return []
        return [`ALTER TABLE ${table} ${before === true ? `CLUSTER ON ${lastPart(name)}` : 'SET WITHOUT CLUSTER'}`]
      })
    case 'view':
      return properties.flatMap((one) => (one.property === 'defaults' ? viewDefaults(name, one) : []))
    case 'comment':
      return commentSteps(name, wanted)
    case 'grant':
      return grantSteps(name, wanted)
    default:
      return []
  }
}

type Change = Pick<PropertyDifference, 'before' | 'after'>

function columnSteps(column: string, { property, before, after }: PropertyDifference): readonly string[] {
  const alter = `ALTER TABLE ${ownerOfName(column)} ALTER COLUMN ${lastPart(column)}`
  switch (property) {
    case 'storage':
      return [`${alter} SET STORAGE ${storages[String(before)] ?? 'DEFAULT'}`]
    case 'compression':
      return [`${alter} SET COMPRESSION ${compressions[String(before)] ?? 'DEFAULT'}`]
    case 'statisticsTarget':
      return [`${alter} SET STATISTICS ${String(before ?? -1)}`]
    case 'options':
      return optionSteps(alter, { before, after })
    default:
      return []
  }
}

const storages: Readonly<Record<string, string>> = { p: 'PLAIN', e: 'EXTERNAL', m: 'MAIN', x: 'EXTENDED' }
const compressions: Readonly<Record<string, string>> = { p: 'pglz', l: 'lz4' }

/** Options such as `fillfactor=70`. */
function optionSteps(alter: string, { before, after }: Change, prefix = ''): readonly string[] {
  const keyOf = (option: string): string => option.slice(0, option.indexOf('='))
  const [wanted, present] = [list(before), list(after)]
  const set = wanted.filter((option) => !present.includes(option))
  const gone = present.map(keyOf).filter((key) => !wanted.map(keyOf).includes(key))
  const values = set.map((option) => `${prefix}${keyOf(option)} = ${quoteLiteral(option.slice(option.indexOf('=') + 1))}`)
  return [
    ...(set.length === 0 ? [] : [`${alter} SET (${values.join(', ')})`]),
    ...(gone.length === 0 ? [] : [`${alter} RESET (${gone.map((key) => `${prefix}${key}`).join(', ')})`]),
  ]
}

/** Each as `column expression`. */
function viewDefaults(view: string, { before, after }: Change): readonly string[] {
  const columnOf = (text: string): string => /^(?:"(?:[^"]|"")*"|[^" ]+)/u.exec(text)?.[0] ?? ''
  const wanted = list(before)
  const gone = list(after).map(columnOf).filter((column) => !wanted.map(columnOf).includes(column))
  return [
    ...wanted.map((text) => `ALTER VIEW ${view} ALTER COLUMN ${columnOf(text)} SET DEFAULT ${text.slice(columnOf(text).length + 1)}`),
    ...gone.map((column) => `ALTER VIEW ${view} ALTER COLUMN ${column} DROP DEFAULT`),
  ]
}

/** Of the kinds of things that pg-delta knows no comments of, as `pg_identify_object` calls them. */
function commentSteps(name: string, wanted: CatalogObject | undefined): readonly string[] {
  const [, kind = '', object = ''] = /^((?:[\w ]+ )?column|statistics object) (.+)$/u.exec(name) ?? []
  if (kind === '') return []
  const text = wanted?.definition['text']
  const value = typeof text === 'string' ? quoteLiteral(text).trim() : 'NULL'
  return [`COMMENT ON ${kind === 'statistics object' ? 'STATISTICS' : 'COLUMN'} ${object} IS ${value}`]
}

/** Of columns: REVOKE ALL of a table takes them too, where only those of the table were meant to go. */
function grantSteps(name: string, wanted: CatalogObject | undefined): readonly string[] {
  const [, column = '', grantee = ''] = /^column (.+) to ((?:"(?:[^"]|"")*"|\S)+)$/u.exec(name) ?? []
  const privileges = list(wanted?.definition['privileges'])
  if (column === '' || grantee === '' || privileges.length === 0) return []
  return privileges.map((privilege) => {
    const what = `${privilege.replace('*', '')} (${lastPart(column)})`
    return `GRANT ${what} ON TABLE ${ownerOfName(column)} TO ${grantee}${privilege.endsWith('*') ? ' WITH GRANT OPTION' : ''}`
  })
}
