import { createHash } from 'node:crypto'
import { stronglyConnected } from './plan/strongly-connected.ts'
import { targetKey } from './plan/table-key.ts'
import { describeTable, type IdentityInput } from './run-identity.ts'

/**
 * A hash for each table that is filled of everything that its rows follow from: as `runIdentity`, but of the table and
 * those that it points to alone. Two runs of the same hash make the same rows of it, whatever else they fill; of totals
 * that follow from rows of other tables it knows nothing. Empty where rows cover everything: then all follows from all.
 */
export function tableIdentities(input: IdentityInput): ReadonlyMap<string, string> {
  const identities = new Map<string, string>()
  if (input.isCovering) return identities
  const tables = new Map(input.tables.filter(({ key }) => input.counts.has(key)).map((table) => [table.key, table]))
  const targets = new Map(
    [...tables].map(([key, { facts }]) => [key, [...new Set(facts.foreignKeys.map(targetKey))].sort()] as const),
  )
  const edges = [...targets].flatMap(([key, all]) => all.filter((to) => tables.has(to)).map((to) => [key, to] as const))
  for (const members of stronglyConnected([...tables.keys()].sort(), edges)) {
    const own = members.flatMap((key) => tables.get(key) ?? []).map((table) => describeTable(input, table))
    const outside = [...new Set(members.flatMap((key) => targets.get(key) ?? []))].filter((to) => !members.includes(to))
    const identity = hash([own, outside.map((to) => [to, identities.get(to)])])
    for (const key of members) identities.set(key, members.length === 1 ? identity : hash([identity, key]))
  }
  return identities
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
