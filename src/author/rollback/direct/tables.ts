import type { CatalogDifference } from '../../../postgres/catalog/compare-catalogs.ts'
import { lastPart, ownerOfName } from '../../../postgres/catalog/names.ts'
import type { CatalogObject } from '../../../postgres/catalog/catalog.ts'
import { columnClause } from './column-clause.ts'
import { isPartOf, objectKey, onlyChanges, type Sides, text } from './sides.ts'
import type { Step } from './step.ts'

/** Tables that go, come, or have row security switched; undefined for one that is more than an ordinary table. */
export function tableSteps(difference: CatalogDifference, sides: Sides): readonly Step[] | undefined {
  const { name, change } = difference
  if (change === 'removed') return [...cutLoops(name, sides), { phase: 'drop tables', sql: `DROP TABLE ${name}` }]
  if (change === 'changed') return rowSecuritySteps(difference)
  const table = sides.before.get(objectKey('table', name))
  return table === undefined || !isOrdinary(table) ? undefined : createSteps(table, sides)
}

/** Referencing tables first, so that each can be dropped when its turn comes. */
export function dropOrder(sides: Sides): readonly string[] {
  const order: string[] = []
  const visit = (table: string, path: readonly string[]): void => {
    if (order.includes(table) || path.includes(table)) return
    for (const other of referencing(table, sides)) visit(other, [...path, table])
    order.push(table)
  }
  for (const table of sides.goingTables) visit(table, [])
  return order
}

/** The tables that go whose foreign keys point at the table. */
function referencing(table: string, sides: Sides): readonly string[] {
  return [...sides.now.values()]
    .filter((object) => object.kind === 'constraint' && text(object, 'references') === table)
    .map((object) => ownerOfName(object.name))
    .filter((other) => other !== table && sides.goingTables.has(other))
}

/** Where tables point at each other, no order helps: the foreign key to one that is dropped earlier goes first. */
function cutLoops(table: string, sides: Sides): readonly Step[] {
  const order = dropOrder(sides)
  return [...sides.now.values()]
    .filter((object) => object.kind === 'constraint' && ownerOfName(object.name) === table)
    .filter((object) => {
      const target = text(object, 'references')
      return target !== table && order.includes(target) && order.indexOf(target) < order.indexOf(table)
    })
    .map(({ name }) => ({ phase: 'drop foreign keys', sql: `ALTER TABLE ${table} DROP CONSTRAINT ${lastPart(name)}` }))
}

function rowSecuritySteps(difference: CatalogDifference): readonly Step[] | undefined {
  if (!onlyChanges(difference, ['rowSecurity', 'forceRowSecurity'])) return undefined
  return difference.properties.map(({ property, after }) => {
    const action = property === 'rowSecurity' ? (after === true ? 'ENABLE' : 'DISABLE') : after === true ? 'FORCE' : 'NO FORCE'
    return { phase: 'alter tables', sql: `ALTER TABLE ${difference.name} ${action} ROW LEVEL SECURITY` }
  })
}

function isOrdinary(table: CatalogObject): boolean {
  const { tableKind, unlogged, accessMethod, tablespace, options, replicaIdentity, ofType, owner } = table.definition
  return (
    tableKind === 'ordinary' &&
    unlogged === false &&
    accessMethod === 'heap' &&
    tablespace === null &&
    Array.isArray(options) &&
    options.length === 0 &&
    replicaIdentity === 'default' &&
    ofType === '-' &&
    owner === null
  )
}

function createSteps(table: CatalogObject, sides: Sides): readonly Step[] | undefined {
  const columns = [...sides.before.values()]
    .filter((object) => object.kind === 'column' && isPartOf(new Set([table.name]), object.name))
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
  const clauses = columns.map((column) => columnClause(column, sides))
  if (clauses.some((clause) => clause === undefined)) return undefined
  const security: Step[] = []
  const alter = (action: string): void => {
    security.push({ phase: 'alter tables', sql: `ALTER TABLE ${table.name} ${action} ROW LEVEL SECURITY` })
  }
  if (table.definition['rowSecurity'] === true) alter('ENABLE')
  if (table.definition['forceRowSecurity'] === true) alter('FORCE')
  const body = clauses.map((clause) => `  ${clause ?? ''}`).join(',\n')
  return [{ phase: 'create tables', sql: `CREATE TABLE ${table.name} (\n${body}\n)` }, ...security]
}
