import { Bug } from '../../errors/bug.ts'
import type { Locale } from '../locale/locale.ts'
import type { Generator } from '../generators/generator.ts'
import type { ReadParent, SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import { childRows, type ChildRows } from '../totals/child-rows.ts'
import { type LineAccess, totalGenerator } from '../totals/total-generator.ts'
import { columnSources } from './column-sources.ts'
import { createRowMaker } from './create-row-maker.ts'
import { type RowIndexes, createRowIndexes } from './row-indexes.ts'
import type { Parent, RowMaker } from './row-maker.ts'
import type { TableRules } from './table-rules.ts'

/** What rows are made with beside the plan. */
export interface MakersInput {
  readonly locale: Locale
  /** By `TablePlan.name`. */
  readonly rules?: ReadonlyMap<string, TableRules>
}

/** The row makers of a plan, each made when it is first asked for. */
export interface RowMakers {
  table(key: string): RowMaker
  /** Also of a table that this run does not fill. */
  parent(key: string): Parent
  /** How many rows a parent has. */
  rowsOf(key: string): number
  /** Rows by the values of some of their columns. */
  readonly indexes: RowIndexes
}

/** Makers that find each other: a child computes its parent's key instead of reading it. */
export function createRowMakers(plan: SeedPlan, { locale, rules }: MakersInput): RowMakers {
  const makers = new Map<string, RowMaker>()
  const read = new Map<string, Parent>()
  const makerOf: RowMakers = {
    table: (key) => {
      const known = makers.get(key)
      if (known !== undefined) return known
      const table = plan.tables.find((one) => one.key === key)
      if (table === undefined) throw new Bug(`No plan for ${key}`)
      const generators = rules?.get(table.name)?.generators
      const totals = totalsOf(table)
      const own = generators === undefined ? {} : { generators }
      const sources = columnSources({ run: plan, locale, table, totals, ...own })
      const made = createRowMaker(plan, table, { locale, sources, makers: makerOf })
      makers.set(key, made)
      return made
    },
    parent: (key) => {
      const known = read.get(key)
      if (known !== undefined) return known
      const keys = plan.parents.get(key)
      const parent = keys === undefined ? makerOf.table(key) : readParent(keys)
      read.set(key, parent)
      return parent
    },
    rowsOf: (key) => plan.parents.get(key)?.rows.length ?? plan.tables.find((table) => table.key === key)?.rows ?? 0,
    indexes: createRowIndexes((key) => makerOf.parent(key)),
  }
  const children = new Map<string, ChildRows>()
  const access: LineAccess = {
    rowsOf: ({ table, relation }) => {
      const name = `${table}\0${relation}`
      const known = children.get(name)
      if (known !== undefined) return known
      const relations = plan.tables.find(({ key }) => key === table)?.relations
      const parent = relations?.find((one) => one.name === relation)?.parent
      const maker = makerOf.table(table)
      const found = childRows(makerOf.rowsOf(parent ?? ''), maker.rows, (row) => maker.parentRow(row, relation))
      children.set(name, found)
      return found
    },
    cell: ({ table }, row, column) => makerOf.table(table).cell(row, column),
  }
  return makerOf

  function totalsOf({ totals, facts }: TablePlan): ReadonlyMap<string, (usual: Generator) => Generator> {
    return new Map(
      totals.flatMap((total) => {
        const column = facts.columns.find(({ name }) => name === total.column)
        if (column === undefined) return []
        return [[total.column, (usual: Generator) => totalGenerator(total, column, usual, access)] as const]
      }),
    )
  }
}

function readParent({ columns, rows }: ReadParent): Parent {
  return {
    rows: rows.length,
    cell: (index, column) => rows[index]?.[columns.indexOf(column)] ?? null,
    // How old they are is not read: only keys are.
    moment: () => -Infinity,
  }
}
