import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { compareCatalogs } from '../../postgres/catalog/compare-catalogs.ts'

/** Statements around a plan of pg-delta for what it does not know (COVERAGE.md of the package, 1.0.0-alpha.34). */
export interface Unmodelled {
  readonly first: readonly string[]
  readonly last: readonly string[]
}

/**
 * Casts, operators, text search and the like can be dropped by their names; statistics can be made again as well. What
 * else is missing afterwards is found by the comparison.
 */
export function planUnmodelled(now: Catalog, before: Catalog): Unmodelled {
  const differences = compareCatalogs(now, before).filter(({ kind }) => kinds.has(kind))
  const statistics = new Map(before.objects.filter((o) => o.kind === 'statistics').map((o) => [o.name, o.definition]))
  return {
    first: differences
      .filter(({ kind, change }) => change === 'removed' || (kind === 'statistics' && change === 'changed'))
      .map(({ kind, name }) => `DROP ${kind.toUpperCase()} ${name}`),
    last: differences
      .filter(({ kind, change }) => kind === 'statistics' && change !== 'removed')
      .map(({ name }) => String(statistics.get(name)?.['definition'])),
  }
}

/** As `pg_identify_object` calls them, which is what DROP calls them. */
const kinds: ReadonlySet<string> = new Set([
  'cast',
  'operator',
  'operator class',
  'operator family',
  'conversion',
  'language',
  'transform',
  'access method',
  'text search configuration',
  'text search dictionary',
  'text search parser',
  'text search template',
  'statistics',
])
