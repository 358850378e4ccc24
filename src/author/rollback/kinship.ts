import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { compareCatalogs } from '../../postgres/catalog/compare-catalogs.ts'

/**
 * The statements that make tables partitions and children again, or no longer: one for each, since each may be refused.
 * Both planners would make such a table anew, without its rows.
 */
export function kinshipSteps(now: Catalog, before: Catalog): readonly string[] {
  const [present, wanted] = [tablesOf(now), tablesOf(before)]
  const bounds = new Map(
    before.objects.filter(({ kind }) => kind === 'inheritance').map(({ name, definition }) => [name, definition['bound']]),
  )
  return compareCatalogs(now, before).flatMap(({ kind, name, change }) => {
    const [, child = '', parent = ''] = kind === 'inheritance' ? (inheritance.exec(name) ?? []) : []
    const isThere = [child, parent].every((table) => present.has(table) && wanted.has(table))
    if (!isThere || change === 'changed') return []
    const bound = bounds.get(name)
    const isPartitioned = present.get(parent) === 'partitioned'
    if (change === 'removed') {
      return [isPartitioned ? `ALTER TABLE ${parent} DETACH PARTITION ${child}` : `ALTER TABLE ${child} NO INHERIT ${parent}`]
    }
    if (!isPartitioned) return [`ALTER TABLE ${child} INHERIT ${parent}`]
    return typeof bound === 'string' ? [`ALTER TABLE ${parent} ATTACH PARTITION ${child} ${bound}`] : []
  })
}

const inheritance = /^((?:"(?:[^"]|"")*"|[^" ])+) of (.+)$/u

/** By the name of each table its kind. */
function tablesOf({ objects }: Catalog): ReadonlyMap<string, string> {
  return new Map(objects.filter(({ kind }) => kind === 'table').map((o) => [o.name, String(o.definition['tableKind'])]))
}
