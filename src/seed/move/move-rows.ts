import type { Connection } from '../../postgres/connect.ts'
import type { AskedCheck } from '../constraints/domain.ts'
import { askChecks } from '../deliver/ask-checks.ts'
import { askTaken, takenKeys } from '../deliver/ask-taken.ts'
import { capacityExceeded, checkUnmet } from '../plan/errors.ts'
import type { SeedPlan, TablePlan } from '../plan/seed-plan.ts'
import { selfOwner } from '../plan/index-owner.ts'
import { uniqueSets } from '../plan/unique-sets.ts'
import type { RowMaker } from '../rows/row-maker.ts'
import { createRowMakers, type MakersInput } from '../rows/row-makers.ts'
import { type Carrier, carrierOf } from './carrier.ts'

/** What a run finds before its first row. */
export interface MoveInput extends MakersInput {
  /** Tables that are filled already stay as they are. */
  readonly done: ReadonlyMap<string, number>
}

/** Something that the values of a row must agree with, of which no other attempt gives others. */
interface Rule {
  readonly columns: readonly string[]
  readonly carrier: Carrier
  /** @returns the rows that may not be as they are */
  refused(maker: RowMaker, rows: readonly number[]): Promise<readonly number[]>
  /** @param left how many rows found no number */
  shortage(left: number): Error
}

const rowsPerBatch = 5000
/** Of one check: as many as of values that are not distinct. */
const mostRounds = 501

/**
 * The plan with other numbers for rows whose distinct values the rows of others hold already, or a check that is asked
 * refuses: all before the first row. Tables without either are not looked at.
 * @param connection in the transaction in which the plan was made
 * @throws SEED_CAPACITY where too few values are left, SEED_CHECK_UNMET
 */
export async function moveRows(connection: Connection, plan: SeedPlan, input: MoveInput): Promise<SeedPlan> {
  let moved = plan
  const open = plan.tables.filter(({ key }) => !input.done.has(key))
  const fresh = new Set(open.map(({ key }) => key))
  for (const table of open) {
    const rules = [...takenRules(connection, table, plan, fresh), ...checkRules(connection, table, plan)]
    if (rules.length > 0) moved = await moveTable(moved, table, rules, input)
  }
  return moved
}

function takenRules(
  connection: Connection,
  table: TablePlan,
  plan: SeedPlan,
  fresh: ReadonlySet<string>,
): readonly Rule[] {
  if (table.offset === 0) return []
  const keys = new Map(takenKeys(table.facts).map((key) => [key.name, key]))
  return uniqueSets(table.facts).flatMap(({ name, columns }): readonly Rule[] => {
    const key = keys.get(name)
    const carrier = carrierOf(table, columns, plan, fresh, { withSelf: true })
    if (key === undefined || carrier === undefined) return []
    return [{
      columns,
      carrier,
      refused: async (maker, rows) => {
        const cells = columns.map((column) => rows.map((row) => maker.cell(row, column)))
        return (await askTaken(connection, table, key, { columns, cells })).map((place) => rows[place] ?? -1)
      },
      shortage: (left) => {
        const fields = columns.map((column) => table.fields.get(column)?.name ?? column)
        const taken = carrier.room - (table.rows - left)
        return capacityExceeded(table.name, name, fields, carrier.room, table.rows, taken)
      },
    }]
  })
}

/** Of checks that no other attempt would satisfy: all that they speak of is distinct or a key. */
function checkRules(connection: Connection, table: TablePlan, plan: SeedPlan): readonly Rule[] {
  const fills = new Map(table.columns.map(({ column, fill }) => [column, fill.kind]))
  return table.checks.asked.flatMap((check): readonly Rule[] => {
    const { columns, name, reason } = check
    if (columns.length === 0 || columns.some((column) => fills.get(column) === 'value')) return []
    const carrier = carrierOf(table, columns, plan, new Set())
    if (carrier === undefined) return []
    return [{
      columns,
      carrier,
      refused: async (maker, rows) => {
        const cells = rows.map((row) => [...maker.row(row)])
        const turned = maker.columns.map((_, column) => cells.map((row) => row[column] ?? null))
        const refused = await askChecks(connection, asking(table, check), maker.columns, turned)
        return refused.map(({ place }) => rows[place] ?? -1)
      },
      shortage: () => checkUnmet(table.name, { check: name, reason, fields: [] }, Math.min(carrier.room, mostRounds)),
    }]
  })
}

function asking(table: TablePlan, check: AskedCheck): TablePlan {
  return { ...table, checks: { ...table.checks, asked: [check] } }
}

async function moveTable(
  plan: SeedPlan,
  table: TablePlan,
  rules: readonly Rule[],
  input: MoveInput,
): Promise<SeedPlan> {
  const moved = new Map<string, Map<number, number>>()
  const numbers = new Map<string, Generator<number>>()
  const left = new Map<Rule, number>()
  const withMoved = (): SeedPlan => ({
    ...plan,
    tables: plan.tables.map((one) => (one.key === table.key ? { ...one, moved } : one)),
  })
  let open: readonly number[] = Array.from({ length: table.rows }, (_, row) => row)
  for (let round = 0; open.length > 0 && round < mostRounds; round++) {
    const maker = createRowMakers(withMoved(), input).table(table.key)
    const again = new Set<number>()
    for (const rule of rules) {
      const { owner } = rule.carrier
      const own = moved.get(owner) ?? new Map<number, number>()
      const next = numbers.get(owner) ?? numbersAfter(rule.carrier, table.rows)
      numbers.set(owner, next)
      for (const row of await refusedRows(rule, maker, open)) {
        // What the user gives stays as it is, and what a function of the user's makes of the row.
        if (rule.columns.some((column) => table.given[row]?.has(column) === true)) continue
        if (owner === selfOwner && rule.columns.some((column) => maker.isOwn(row, column))) continue
        const number = next.next()
        if (number.done === true) left.set(rule, (left.get(rule) ?? 0) + 1)
        else {
          own.set(row, number.value)
          again.add(row)
        }
      }
      if (own.size > 0) moved.set(owner, own)
    }
    open = [...again]
  }
  const [short] = left
  if (short !== undefined) throw short[0].shortage(short[1])
  const [rule] = rules
  if (open.length > 0 && rule !== undefined) throw rule.shortage(open.length)
  return moved.size === 0 ? plan : withMoved()
}

async function refusedRows(rule: Rule, maker: RowMaker, rows: readonly number[]): Promise<readonly number[]> {
  const refused: number[] = []
  for (let start = 0; start < rows.length; start += rowsPerBatch) {
    refused.push(...(await rule.refused(maker, rows.slice(start, start + rowsPerBatch))))
  }
  return refused
}

/** Those that no row has: behind the rows, or besides a list. */
function* numbersAfter({ room, listed }: Carrier, rows: number): Generator<number> {
  const given = new Set(listed ?? [])
  for (let number = listed === undefined ? rows : 0; number < room; number++) if (!given.has(number)) yield number
}
