import type { EnumInfo } from '../../prisma/data-model.ts'
import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import type { Cell } from '../cell.ts'
import type { DeclaredValue, TypedValue } from './declared.ts'

/**
 * A declared value in PostgreSQL's text form for one column. Labels of an enum are given as the schema calls them.
 * @returns undefined where a value of this kind has no place there: a list in a plain column
 */
export function toCell(
  value: DeclaredValue,
  column: Pick<ColumnFacts, 'arrayDimensions' | 'baseType'>,
  labels: EnumInfo | undefined,
): Cell | undefined {
  if (value === null) return null
  if (typeof value === 'string') return column.arrayDimensions === 0 ? labelOf(value, labels) : value
  const isJson = column.baseType === 'json' || column.baseType === 'jsonb'
  if (column.arrayDimensions > 0) return value.kind === 'list' ? arrayText(value, isJson, labels) : textOf(value, labels)
  return isJson ? value.json : textOf(value, labels)
}

function arrayText({ items }: TypedValue, isJson: boolean, labels: EnumInfo | undefined): string | undefined {
  const elements = items.map((item) => {
    if (item === null) return 'NULL'
    if (typeof item === 'string') return quoteElement(labelOf(item, labels))
    if (isJson) return quoteElement(item.json)
    if (item.kind === 'list') return arrayText(item, isJson, labels)
    return item.kind === 'text' ? quoteElement(labelOf(item.text, labels)) : undefined
  })
  return elements.includes(undefined) ? undefined : `{${elements.join(',')}}`
}

function quoteElement(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

function textOf(value: TypedValue, labels: EnumInfo | undefined): string | undefined {
  return value.kind === 'text' ? labelOf(value.text, labels) : undefined
}

function labelOf(text: string, labels: EnumInfo | undefined): string {
  return labels?.values.find(({ name }) => name === text)?.databaseName ?? text
}
