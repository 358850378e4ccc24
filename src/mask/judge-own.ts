import type { CheckFacts, ColumnFacts, TableFacts } from '../postgres/tables/table-facts.ts'
import type { Cell } from '../seed/cell.ts'
import { compileConstraints, type TableConstraints } from './constraints.ts'
import { ownThrew } from './errors.ts'
import type { FittedColumn } from './fit-masks.ts'

/** A column that has a mask of the user's own, and takes no text as it is. */
export interface MadeColumn {
  /** The mask's name. */
  readonly mask: string
  /** `Model.field`. */
  readonly where: string
  /** As SQL: of a domain, or of an array of one, the type below. */
  readonly type: string
}

/** Is told what comes out of such a column: whether its type takes it only the server knows. */
export type NoteMade = (column: MadeColumn, made: string) => void

/** Judges what masks of the user's own made of a row: their values are never replaced by others, but refused. */
export interface OwnJudge {
  /**
   * @param source the row that it was made of
   * @throws MASK_OWN_THREW naming a constraint that does not take such a value
   */
  refuse(source: readonly Cell[], row: readonly Cell[]): void
  /** Tells of the values of a row that comes out what their types must take. */
  note(row: readonly Cell[]): void
  /** Places of the columns that are told of so. */
  readonly noted: ReadonlySet<number>
}

interface OwnColumn {
  readonly column: FittedColumn
  readonly place: number
}

/**
 * What is asked of the rows of a table in which masks of the user's own have a hand; undefined where none has.
 * @param columns all that are written, in the table's order
 * @param now milliseconds since 1970 that count as now for checks that ask the clock
 */
export async function judgeOwn(
  table: TableFacts,
  columns: readonly FittedColumn[],
  now: number,
  noteMade?: NoteMade,
): Promise<OwnJudge | undefined> {
  const own = columns.flatMap((column, place) => (column.plan.mask.isOwn === true ? [{ column, place }] : []))
  if (own.length === 0) return undefined
  const constraints = await constraintsOver(table, own, now)
  const typed = own
    .filter(({ column }) => !takesText(column.facts))
    .map(({ column, place }) => ({ made: madeColumn(column), place }))
  return {
    refuse: (source, row) => {
      for (const { caseOf, told, over } of constraints) {
        // Rows that the constraint never saw (NOT VALID) break it already.
        if (caseOf(row) !== undefined || caseOf(source) === undefined) continue
        const { column } = over.find(({ place }) => row[place] !== source[place]) ?? over[0]
        throw ownThrew(column.plan.written, column.where, `it gave what ${told} does not take`)
      }
    },
    note: (row) => {
      for (const { made, place } of typed) {
        const cell = row[place] ?? null
        if (cell !== null) noteMade?.(made, cell)
      }
    },
    noted: new Set(typed.map(({ place }) => place)),
  }
}

interface OwnConstraint extends Pick<TableConstraints, 'caseOf'> {
  /** In the middle of a sentence. */
  readonly told: string
  readonly over: readonly [OwnColumn, ...OwnColumn[]]
}

/** Each constraint by itself, so that it can be named. */
async function constraintsOver(
  table: TableFacts,
  own: readonly OwnColumn[],
  now: number,
): Promise<readonly OwnConstraint[]> {
  const found: OwnConstraint[] = []
  const add = async (only: Narrowed, told: string, over: readonly OwnColumn[]): Promise<void> => {
    const [first, ...rest] = over
    const compiled = first === undefined ? undefined : await compileConstraints(narrowed(table, only), now)
    if (first === undefined || compiled === undefined) return
    found.push({ caseOf: compiled.caseOf, told, over: [first, ...rest] })
  }
  for (const check of table.checks) {
    const over = own.filter(({ column }) => check.columns.includes(column.facts.name))
    await add({ checks: [check] }, `the constraint ${check.name} of ${table.schema}.${table.name}`, over)
  }
  for (const one of own) {
    const { facts } = one.column
    const inElements = facts.elementDomain?.checks ?? []
    for (const check of facts.domainChecks)
      await add({ of: facts, domainChecks: [check] }, `the constraint ${check.name} of its domain`, [one])
    const names = inElements.map(({ name }) => name).join(', ')
    if (inElements.length > 0) await add({ of: facts, elements: true }, `the domain of its elements (${names})`, [one])
  }
  return found
}

interface Narrowed {
  readonly checks?: readonly CheckFacts[]
  /** The column whose domain is meant. */
  readonly of?: ColumnFacts
  readonly domainChecks?: readonly CheckFacts[]
  readonly elements?: boolean
}

/** The table with one constraint, and no other. */
function narrowed(table: TableFacts, { checks = [], of, domainChecks = [], elements = false }: Narrowed): TableFacts {
  const columns = table.columns.map((column) => {
    const isMeant = column === of
    const elementDomain = isMeant && elements ? column.elementDomain : undefined
    return { ...column, domainChecks: isMeant ? domainChecks : [], elementDomain }
  })
  return { ...table, checks, columns }
}

function madeColumn({ plan, where, facts }: FittedColumn): MadeColumn {
  return { mask: plan.written, where, type: facts.plainType ?? facts.type }
}

function takesText({ kind, baseType, arrayDimensions }: ColumnFacts): boolean {
  return kind === 'scalar' && arrayDimensions === 0 && ['text', 'varchar', 'bpchar', 'citext'].includes(baseType)
}
