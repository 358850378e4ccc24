import type { Catalog, CatalogValue } from '../../postgres/catalog/catalog.ts'
import { type CatalogDifference, compareCatalogs } from '../../postgres/catalog/compare-catalogs.ts'
import { lastPart, ownerOfName } from '../../postgres/catalog/names.ts'

/**
 * Statements for what the second planner would make anew, without its rows or values: tables that become partitions or
 * children again, or are none any more, and columns of another collation. Each may be refused.
 */
export function gentleSteps(now: Catalog, before: Catalog): readonly string[] {
  const differences = compareCatalogs(now, before)
  return [...kinshipSteps(differences, now, before), ...collationSteps(differences, before)]
}

function kinshipSteps(differences: readonly CatalogDifference[], now: Catalog, before: Catalog): readonly string[] {
  const [present, wanted] = [tablesOf(now), tablesOf(before)]
  const bounds = new Map(
    before.objects.filter(({ kind }) => kind === 'inheritance').map(({ name, definition }) => [name, definition['bound']]),
  )
  return differences.flatMap(({ kind, name, change }) => {
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

/** Also with another length. */
function collationSteps(differences: readonly CatalogDifference[], { objects }: Catalog): readonly string[] {
  const columns = new Map(objects.filter(({ kind }) => kind === 'column').map((column) => [column.name, column.definition]))
  return differences.flatMap(({ kind, name, properties }) => {
    const column = columns.get(name)
    const types = properties.filter(({ property }) => property === 'type').flatMap(({ before, after }) => [before, after])
    const isChanged = properties.some(({ property }) => property === 'collation')
    if (kind !== 'column' || column === undefined || !isChanged || !types.every(isText)) return []
    const collation = typeof column['collation'] === 'string' ? ` COLLATE ${column['collation']}` : ''
    return [`ALTER TABLE ${ownerOfName(name)} ALTER COLUMN ${lastPart(name)} TYPE ${String(column['type'])}${collation}`]
  })
}

function isText(type: CatalogValue): boolean {
  return /^(text|character varying)(\(\d+\))?$/.test(String(type))
}

const inheritance = /^((?:"(?:[^"]|"")*"|[^" ])+) of (.+)$/u

/** By the name of each table its kind. */
function tablesOf({ objects }: Catalog): ReadonlyMap<string, string> {
  return new Map(objects.filter(({ kind }) => kind === 'table').map((o) => [o.name, String(o.definition['tableKind'])]))
}
