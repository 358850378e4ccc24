import type { Cell } from '../../seed/cell.ts'
import { tableKey } from '../../seed/plan/table-key.ts'
import type { CanaryOutcome } from './canary.ts'
import type { ExaminedTable } from './examined.ts'
import type { Rate } from './chance.ts'
import { createSampledCounts, type SampledCounts, type SharedCounts } from './sampled-counts.ts'
import { createValueHash } from './value-hash.ts'

/** What was seen of one column. */
export interface ColumnTally {
  /** Cells of the source that are not empty. */
  cells: number
  /** Cells that came out as they went in, with a value that few rows have. */
  rareKept: number
  /** Cells that came out with the rare value of another row. */
  rareElsewhere: number
  /** Cells whose first draw was the value of somebody. */
  drawnAgain: number
  /** Different values of the source, and how many of their masked values the source has as well. */
  readonly overlap: { hits: number; draws: number }
  readonly overlapByChance: { hits: number; draws: number }
  /** Texts that came out, and how many of them share a run of characters with the source. */
  readonly runs: { hits: number; draws: number }
  readonly runsByChance: { hits: number; draws: number }
}

/** In how many rows a column holds a name of its own row, and in how many one of another row. */
export interface NamedRates {
  readonly own: Rate
  readonly byChance: Rate
}

/** What was seen of a table. */
export interface TableTally {
  readonly table: ExaminedTable
  readonly groups: SampledCounts
  readonly planted: Set<string>
  readonly recovered: Set<string>
  /** Rare values of watched columns that stand in columns which are taken as they are, by their names. */
  readonly strays: Map<string, number>
  /** By columns that are taken as they are: rows in which they hold the row's own names, and those of another row. */
  readonly named: Map<string, NamedRates>
  rows: number
}

/** Everything that a watch counts. */
export interface Tallies {
  column(id: number): ColumnTally
  /** True where values of this mask are keys somewhere: another draw would part them. */
  isTied(mask: string): boolean
  /** Counts a row's quasi-identifiers. */
  group(table: ExaminedTable, row: readonly Cell[]): void
  /** A rare value of a watched column was found in one that is taken as it is. */
  strayed(table: ExaminedTable, column: string): void
  /** Whether such a column holds a name of its own row, and one of another row. */
  named(table: ExaminedTable, column: string, found: { readonly own: boolean; readonly other: boolean }): void
  planted(table: ExaminedTable, outcome: CanaryOutcome): void
  /** A canary was found in what is delivered. */
  delivered(): void
  readonly tables: readonly TableTally[]
  readonly piecesWithCanary: number
  /** For another thread. */
  share(): SharedTallies
  /** Adds what another thread has seen. */
  addAll(other: SharedTallies): void
}

/** What a thread has seen, as plain data. */
export interface SharedTallies {
  readonly columns: readonly (readonly [number, ColumnTally])[]
  /** By `schema.table`. */
  readonly tables: readonly (readonly [string, Omit<TableTally, 'table' | 'groups'>, SharedCounts])[]
}

/** Nothing seen yet. */
export function createTallies(examined: readonly ExaminedTable[], hashKey?: Uint8Array): Tallies {
  const columns = new Map<number, ColumnTally>(
    examined.flatMap(({ watched }) => watched.map(({ id }) => [id, emptyTally()])),
  )
  const tables = new Map<ExaminedTable, TableTally>(
    examined.map((table) => [
      table,
      emptyTable(table, 50_000),
    ]),
  )
  const tied = new Set(
    examined.flatMap(({ watched }) => watched.filter(({ isUnique }) => isUnique).map(({ mask }) => mask)),
  )
  const hash = createValueHash(hashKey)
  let pieces = 0
  const of = (table: ExaminedTable): TableTally => {
    const tally = tables.get(table) ?? emptyTable(table, 1)
    tables.set(table, tally)
    return tally
  }
  const column = (id: number): ColumnTally => {
    const tally = columns.get(id) ?? emptyTally()
    columns.set(id, tally)
    return tally
  }
  return {
    column,
    isTied: (mask) => tied.has(mask),
    group: (table, row) => {
      const tally = of(table)
      tally.rows += 1
      if (table.quasi.length > 0)
        tally.groups.add(hash.of(table.quasi.map((place) => row[place] ?? '').join('\u001f'), 0))
    },
    strayed: (table, column) => {
      const { strays } = of(table)
      strays.set(column, (strays.get(column) ?? 0) + 1)
    },
    named: (table, column, { own, other }) => {
      const { named } = of(table)
      addNamed(named, column, {
        own: { hits: Number(own), draws: 1 },
        byChance: { hits: Number(other), draws: 1 },
      })
    },
    planted: (table, { planted, recovered }) => {
      const tally = of(table)
      for (const name of planted) tally.planted.add(name)
      for (const name of recovered) tally.recovered.add(name)
    },
    delivered: () => {
      pieces += 1
    },
    get tables() {
      return [...tables.values()].sort((a, b) => (tableKey(a.table.facts) < tableKey(b.table.facts) ? -1 : 1))
    },
    get piecesWithCanary() {
      return pieces
    },
    share: () => ({
      columns: [...columns],
      tables: [...tables].map(([{ facts }, { groups, planted, recovered, strays, named, rows }]) => [
        tableKey(facts),
        { planted, recovered, strays, named, rows },
        groups.share(),
      ]),
    }),
    addAll: (other) => {
      for (const [id, seen] of other.columns) addTally(column(id), seen)
      for (const [key, { planted, recovered, strays, named, rows }, groups] of other.tables) {
        const tally = [...tables.values()].find(({ table }) => tableKey(table.facts) === key)
        if (tally === undefined) continue
        for (const name of planted) tally.planted.add(name)
        for (const name of recovered) tally.recovered.add(name)
        for (const [name, found] of strays) tally.strays.set(name, (tally.strays.get(name) ?? 0) + found)
        for (const [name, rates] of named) addNamed(tally.named, name, rates)
        tally.rows += rows
        tally.groups.addAll(groups)
      }
    },
  }
}

function addTally(into: ColumnTally, seen: ColumnTally): void {
  for (const count of ['cells', 'rareKept', 'rareElsewhere', 'drawnAgain'] as const) into[count] += seen[count]
  for (const rate of ['overlap', 'overlapByChance', 'runs', 'runsByChance'] as const) {
    into[rate].hits += seen[rate].hits
    into[rate].draws += seen[rate].draws
  }
}

function addNamed(into: TableTally['named'], column: string, { own, byChance }: NamedRates): void {
  const known = into.get(column)
  into.set(column, { own: sum(known?.own, own), byChance: sum(known?.byChance, byChance) })
}

function sum(one: Rate = { hits: 0, draws: 0 }, other: Rate): Rate {
  return { hits: one.hits + other.hits, draws: one.draws + other.draws }
}

function emptyTable(table: ExaminedTable, groups: number): TableTally {
  const found = {
    planted: new Set<string>(),
    recovered: new Set<string>(),
    strays: new Map<string, number>(),
    named: new Map<string, NamedRates>(),
  }
  return { table, groups: createSampledCounts(groups), ...found, rows: 0 }
}

function emptyTally(): ColumnTally {
  const none = (): { hits: number; draws: number } => ({ hits: 0, draws: 0 })
  return {
    cells: 0,
    rareKept: 0,
    rareElsewhere: 0,
    drawnAgain: 0,
    overlap: none(),
    overlapByChance: none(),
    runs: none(),
    runsByChance: none(),
  }
}
