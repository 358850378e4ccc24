import type { Cell } from '../cell.ts'
import type { RowCase } from '../constraints/domain.ts'
import type { TablePlan } from '../plan/seed-plan.ts'
import type { ColumnSources } from './column-sources.ts'

/** The cells of a table that the user says: all of a column with a rule, and single ones of personas. */
export interface OwnCells {
  /** Whether the cases of the checks are chosen by them. */
  readonly areJudged: boolean
  isRuled(column: string): boolean
  /** @param place of the column */
  says(row: number, place: number): boolean
  /** Whether a case takes all of a row that the user says. @param cellOf makes the cell of a column, by its place */
  fits(row: number, rowCase: number, cellOf: (place: number) => Cell): boolean
}

/** Those of a table. */
export function createOwnCells(table: TablePlan, cases: readonly RowCase[], sources: ColumnSources): OwnCells {
  const { columns } = table.facts
  const [first] = cases
  const isRuled = columns.map((column, place) => {
    const kind = table.columns[place]?.fill.kind
    const isMade = kind === 'value' || kind === 'distinct'
    return isMade && first !== undefined && sources(column, first).generator.isOwn === true
  })
  const rows = table.given.map((given) => columns.map(({ name }) => given.has(name)))
  const ruled = new Set(columns.flatMap(({ name }, place) => (isRuled[place] === true ? [name] : [])))
  const judged = columns.flatMap(({ name }, place) => (cases.some(({ domains }) => domains.has(name)) ? [place] : []))
  const says = (row: number, place: number): boolean =>
    isRuled[place] === true || (row < rows.length && rows[row]?.[place] === true)
  return {
    areJudged: cases.length > 1 && judged.some((place) => isRuled[place] === true || rows.some((row) => row[place])),
    isRuled: (column) => ruled.has(column),
    says,
    fits: (row, rowCase, cellOf) =>
      judged.every((place) => {
        const column = columns[place]
        const one = cases[rowCase]
        if (column === undefined || one === undefined || !says(row, place)) return true
        return isTaken(cellOf(place), one, sources(column, one), column.name)
      }),
  }
}

function isTaken(cell: Cell, { domains }: RowCase, source: ReturnType<ColumnSources>, column: string): boolean {
  const wish = domains.get(column)?.null
  return cell === null ? wish !== 'never' : wish !== 'always' && source.contains(cell)
}
