import type { ColumnFacts } from '../../../postgres/tables/table-facts.ts'

/** Cuts a text to what the column holds: PostgreSQL counts code points. */
export function fitText({ maxLength }: Pick<ColumnFacts, 'maxLength'>): (text: string) => string {
  if (maxLength === undefined) return (text) => text
  return (text) => (text.length <= maxLength ? text : [...text].slice(0, maxLength).join('').trimEnd())
}

/** Characters that a column holds; Infinity where it sets no limit. */
export function roomOf({ maxLength }: Pick<ColumnFacts, 'maxLength'>): number {
  return maxLength ?? Infinity
}

/** A number in base 36 with leading zeros. */
export function base36(value: number, digits: number): string {
  return value.toString(36).padStart(digits, '0')
}

/** Lower-case ASCII words joined by hyphens, as they stand in a path. */
export function slugOf(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/ß/gu, 'ss')
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim()
    .replace(/ /gu, '-')
}

/** `{a,"b c"}`: the elements of an array as PostgreSQL reads them. */
export function arrayText(elements: readonly (string | null)[]): string {
  return `{${elements.map((element) => (element === null ? 'NULL' : quoted(element))).join(',')}}`
}

function quoted(element: string): string {
  if (/^[\p{L}\d_.:+-]+$/u.test(element) && !/^null$/iu.test(element)) return element
  return `"${element.replace(/["\\]/gu, '\\$&')}"`
}
