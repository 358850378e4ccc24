import type { CatalogValue } from './catalog.ts'
import type { CatalogDifference } from './compare-catalogs.ts'

/** A difference in one line: `column public.users.name: type text -> character varying(80), notNull false -> true`. */
export function describeDifference(difference: CatalogDifference): string {
  const subject = `${difference.kind} ${difference.name}`
  if (difference.change !== 'changed') return `${subject}: ${difference.change}`
  const changes = difference.properties.map(
    ({ property, before, after }) => `${property} ${show(before)} -> ${show(after)}`,
  )
  return `${subject}: ${changes.join(', ')}`
}

function show(value: CatalogValue): string {
  const text = typeof value === 'string' ? value : value === null ? 'none' : JSON.stringify(value)
  return text.replace(/\s+/g, ' ').trim()
}
