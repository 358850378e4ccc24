import { ownerOfName, spokenName } from '../../postgres/catalog/names.ts'
import type { Identity } from '../../postgres/catalog/identities.ts'

/** What held rows or values before a script and is gone after it, though something of the same name may stand there. */
export interface LostObjects {
  /** `schema.table`, as people say it. */
  readonly tables: readonly string[]
  /** `schema.table.column`, as people say it, of tables that are still there. */
  readonly columns: readonly string[]
  /** `schema.type.attribute`, as people say it, of composite types that are still there. */
  readonly attributes: readonly string[]
}

/** Compared by the numbers PostgreSQL knows them by: a column that was dropped and added again is lost as well. */
export function findLostObjects(before: readonly Identity[], after: readonly Identity[]): LostObjects {
  const alive = new Set(after.map((identity) => identity.id))
  const gone = before.filter((identity) => !alive.has(identity.id))
  const tables = gone.filter((identity) => identity.kind === 'table').map(plainName).sort()
  const goneTables = new Set(tables)
  const columns = gone
    .filter((identity) => identity.kind === 'column')
    .map(plainName)
    .filter((name) => !goneTables.has(ownerOfName(name)))
    .sort()
  const types = new Set(after.filter(({ kind }) => kind === 'attribute').map(ownerOf))
  const attributes = gone.filter((identity) => identity.kind === 'attribute' && types.has(ownerOf(identity)))
  return { tables, columns, attributes: attributes.map(plainName).sort() }
}

/** A name as people say it: `public.users.name`. */
export function plainName({ kind, schema, parent, name }: Identity): string {
  if (kind === 'schema') return spokenName([name])
  return spokenName(parent === null ? [schema, name] : [schema, parent, name])
}

/** Of a part the number of what it is a part of. */
function ownerOf({ id }: Identity): string {
  return id.slice(0, id.indexOf('.'))
}
