import type { CatalogObject } from '../../../postgres/catalog/catalog.ts'
import { lastPart } from '../../../postgres/catalog/names.ts'
import { type Sides, text } from './sides.ts'

/** Properties that `columnClause` does not write, each with its usual value. */
const usual: Readonly<Record<string, string>> = {
  storage: 'null',
  compression: 'null',
  statisticsTarget: 'null',
  options: '[]',
  foreignOptions: '[]',
  isLocal: 'true',
  inheritedFrom: '0',
}

/** A column as CREATE TABLE and ADD COLUMN take it; undefined where it has something unusual about it. */
export function columnClause(
  column: CatalogObject,
  sides: Sides,
  options: { readonly nullable?: boolean } = {},
): string | undefined {
  if (Object.entries(usual).some(([name, value]) => JSON.stringify(column.definition[name]) !== value)) return undefined
  const identity = identityClause(column, sides)
  if (identity === undefined) return undefined
  const { collation, notNull, generated, generatedAs } = column.definition
  const defaultText = text(column, 'default')
  return [
    lastPart(column.name),
    text(column, 'type'),
    typeof collation === 'string' ? `COLLATE ${collation}` : '',
    typeof generated === 'string' ? `GENERATED ALWAYS AS (${generated}) ${String(generatedAs).toUpperCase()}` : '',
    identity,
    defaultText === '' ? '' : `DEFAULT ${defaultText}`,
    notNull === true && options.nullable !== true ? 'NOT NULL' : '',
  ]
    .filter((part) => part !== '')
    .join(' ')
}

/** Empty for a column without identity; undefined where the sequence behind it is not known. */
export function identityClause(column: CatalogObject, sides: Sides): string | undefined {
  const kind = text(column, 'identity')
  if (kind === '') return ''
  const sequence = [...sides.before.values()].find(
    (object) => object.kind === 'sequence' && text(object, 'ownedBy') === column.name,
  )
  if (sequence === undefined || sequence.definition['unlogged'] === true) return undefined
  return `GENERATED ${kind.toUpperCase()} AS IDENTITY (SEQUENCE NAME ${sequence.name} ${sequenceOptions(sequence)})`
}

/** The options of a sequence, without its type. */
export function sequenceOptions(sequence: CatalogObject): string {
  const of = (property: string): string => text(sequence, property)
  return [
    `INCREMENT BY ${of('increment')} MINVALUE ${of('minimum')} MAXVALUE ${of('maximum')}`,
    `START WITH ${of('start')} CACHE ${of('cache')}`,
    sequence.definition['cycle'] === true ? 'CYCLE' : 'NO CYCLE',
  ].join(' ')
}
