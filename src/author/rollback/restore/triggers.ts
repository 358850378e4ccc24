import type { Catalog } from '../../../postgres/catalog/catalog.ts'
import { lastPart, splitName } from '../../../postgres/catalog/names.ts'
import { quoteQualified } from '../../../postgres/quote.ts'
import { type CatalogTable, findCatalogTable, partitionsOf } from '../../archive/catalog-table.ts'

/**
 * Statements that write rows as they were: a trigger that notes the time of an update, or copies a row to somewhere,
 * would take them for new. It fires as before afterwards.
 * @param catalog the one that the table is of
 */
export function withoutTriggers(
  name: string,
  table: CatalogTable,
  catalog: Catalog,
  statements: readonly string[],
): readonly string[] {
  if (statements.length === 0) return []
  const [schema = '', relation = ''] = splitName(table.table.name)
  const partitions = partitionsOf(catalog, { schema, name: relation }).flatMap((partition) => {
    const found = findCatalogTable(catalog, partition)
    return found === undefined ? [] : [{ name: quoteQualified(partition.schema, partition.name), table: found }]
  })
  const guarded = [{ name, table }, ...partitions].filter((one) => one.table.triggers.length > 0)
  return [
    ...guarded.map((one) => `ALTER TABLE ${one.name} DISABLE TRIGGER USER`),
    ...statements,
    ...guarded.flatMap((one) => [`ALTER TABLE ${one.name} ENABLE TRIGGER USER`, ...unusual(one.name, one.table)]),
  ]
}

/** Triggers that are not just switched on. */
function unusual(name: string, { triggers }: CatalogTable): readonly string[] {
  return triggers.flatMap((trigger) => {
    const action = actions[String(trigger.definition['fires'])]
    return action === undefined ? [] : [`ALTER TABLE ${name} ${action} TRIGGER ${lastPart(trigger.name)}`]
  })
}

const actions: Readonly<Record<string, string>> = {
  disabled: 'DISABLE',
  replica: 'ENABLE REPLICA',
  always: 'ENABLE ALWAYS',
}
