import { modelUnknown } from '../errors.ts'
import { nearestName } from '../../errors/nearest-name.ts'
import type { TableCount } from '../table-count.ts'
import type { NamedTable } from './name-tables.ts'
import { targetKey } from './table-key.ts'

/** What is asked of all tables together. */
export interface CountInput {
  readonly counts: ReadonlyMap<string, TableCount>
  readonly rows: number
  readonly unmodelled: boolean
  readonly hasModel: boolean
}

/** Tables whose rows are counted by what they must cover, by key, with the rows that there are at least. */
export function coveringTables(
  tables: readonly NamedTable[],
  counts: ReadonlyMap<string, TableCount>,
): ReadonlyMap<string, number> {
  return new Map(
    tables.flatMap(({ key, name }) => {
      const count = counts.get(name) ?? counts.get(key)
      return count !== undefined && 'covering' in count ? [[key, count.covering] as const] : []
    }),
  )
}

/**
 * How many rows each table gets, by key; tables that get none are left out.
 * @throws SEED_MODEL_UNKNOWN
 */
export function countRows(tables: readonly NamedTable[], input: CountInput): ReadonlyMap<string, number> {
  const find = (name: string): NamedTable => {
    const found = tables.find((table) => table.name === name) ?? tables.find((table) => table.key === name)
    if (found === undefined)
      throw modelUnknown(
        name,
        nearestName(
          name,
          tables.map((table) => table.name),
        ),
      )
    return found
  }
  const asked = new Map([...input.counts].map(([name, count]) => [find(name).key, count]))
  const resolving = new Set<string>()

  function rowsOf(table: NamedTable): number {
    const count = asked.get(table.key)
    if (count === undefined) return isJoinTable(table) ? joinRows(table) : isMeant(table) ? input.rows : 0
    if ('rows' in count) return count.rows
    if ('covering' in count) return Math.max(1, count.covering)
    if (resolving.has(table.key)) return input.rows
    resolving.add(table.key)
    const rows = Math.round(rowsOf(find(count.of)) * count.perParent)
    resolving.delete(table.key)
    return rows
  }

  function isMeant({ model }: NamedTable): boolean {
    return model !== undefined || !input.hasModel || input.unmodelled
  }

  /** Prisma's own table of a many-to-many relation: filled where both of its sides are. */
  function isJoinTable({ facts, model }: NamedTable): boolean {
    const names = facts.columns.map(({ name }) => name).join()
    return (
      model === undefined &&
      input.hasModel &&
      facts.name.startsWith('_') &&
      names === 'A,B' &&
      facts.foreignKeys.length === 2
    )
  }

  function joinRows({ facts }: NamedTable): number {
    const sides = facts.foreignKeys.map((foreignKey) => {
      const side = tables.find(({ key }) => key === targetKey(foreignKey))
      return side === undefined ? 0 : rowsOf(side)
    })
    return Math.max(...sides) * Math.min(1, ...sides)
  }

  return new Map(tables.map((table): [string, number] => [table.key, rowsOf(table)]).filter(([, rows]) => rows > 0))
}
