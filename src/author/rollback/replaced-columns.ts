import type { Identity } from '../../postgres/catalog/identities.ts'
import { plainName } from './lost-objects.ts'

/** Columns (`schema.table.column`, as people say it) that were dropped while another of that name took their place. */
export function replacedColumns(before: readonly Identity[], present: readonly Identity[]): ReadonlySet<string> {
  const isColumn = ({ kind }: Identity): boolean => kind === 'column'
  const tables = new Set(before.filter(({ kind }) => kind === 'table').map(({ id }) => id.slice(1)))
  const old = new Map(before.filter(isColumn).map((identity) => [plainName(identity), identity.id]))
  return new Set(
    present
      .filter(isColumn)
      // Of a table that was made anew all columns are other ones: only those of one and the same table count.
      .filter((identity) => tables.has(identity.id.slice(1, identity.id.indexOf('.'))))
      .filter((identity) => old.has(plainName(identity)) && old.get(plainName(identity)) !== identity.id)
      .map(plainName),
  )
}
