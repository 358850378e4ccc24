import { wordsOf } from '../classify/words.ts'
import type { RelationPlan, TablePlan } from '../plan/seed-plan.ts'
import type { TableRules } from '../rows/table-rules.ts'
import { canFollow } from './can-follow.ts'
import { type TotalColumn, totalColumns, type TotalRole } from './total-columns.ts'
import type { Lines, TotalPlan, Worth } from './total-plan.ts'

/** A table before its totals are known. */
export type UntotalledTable = Omit<TablePlan, 'totals'>

/**
 * The columns of a table that follow from rows which point to it: totals from quantities and prices or from the amounts
 * of lines, counters from the number of rows. Told from names, types and foreign keys alone. A column with a rule of
 * the user, a unique one and one that no lines are filled for is no total.
 */
export function planTotals(
  table: UntotalledTable,
  tables: readonly UntotalledTable[],
  rules: ReadonlyMap<string, TableRules>,
): readonly TotalPlan[] {
  const ruled = rules.get(table.name)?.generators
  const isFree = (name: string): boolean =>
    table.columns.some(({ column, fill }) => column === name && fill.kind === 'value') &&
    ruled?.has(table.fields.get(name)?.name ?? name) !== true
  const children = tables.flatMap((child) => {
    const relations = child.relations.filter(({ parent }) => parent === table.key)
    const [relation] = relations
    if (relation === undefined || relations.length > 1) return []
    return canFollow(table, child, relation) ? [{ child, relation }] : []
  })
  const all = totalColumns(table)
  const columns = all.filter(({ name }) => isFree(name))
  const lines = linesOf(table, children)
  const money =
    lines === undefined ? ownTotals(columns, all, lineNouns.has(nounOf(table))) : moneyTotals(columns, all, lines)
  const summed = new Set(money.map(({ column }) => column))
  return [...money, ...counters(table, children).filter(({ column }) => isFree(column) && !summed.has(column))]
}

interface Child {
  readonly child: UntotalledTable
  readonly relation: RelationPlan
}

/** The rows that totals are made of, and what they hold. */
interface LineTable {
  readonly lines: Lines
  readonly columns: readonly TotalColumn[]
  readonly score: number
}

/** The table of lines: by quantity and price, else by an amount where the table is called as lines are. */
function linesOf(table: UntotalledTable, children: readonly Child[]): LineTable | undefined {
  const candidates = children.flatMap(({ child, relation }): readonly LineTable[] => {
    const columns = totalColumns(child)
    const isNamed = lineNouns.has(nounOf(child))
    const roles = new Set(columns.map(({ role }) => role))
    const isProduct = roles.has('quantity') && roles.has('price')
    const isAmount = isNamed && (roles.has('total') || roles.has('subtotal') || roles.has('amount'))
    if (!isProduct && !isAmount) return []
    const isOwn = wordsOf(child.name).join(' ').startsWith(wordsOf(table.name).join(' '))
    const score = Number(isProduct) * 4 + Number(isNamed) * 2 + Number(isOwn)
    return [{ lines: { table: child.key, relation: relation.name }, columns, score }]
  })
  return candidates.toSorted((one, other) => other.score - one.score)[0]
}

function moneyTotals(
  free: readonly TotalColumn[],
  all: readonly TotalColumn[],
  lines: LineTable,
): readonly TotalPlan[] {
  const find = (role: TotalRole): TotalColumn | undefined => free.find((column) => column.role === role)
  const summed = (column: TotalColumn | undefined, worth: Worth | undefined): readonly TotalPlan[] =>
    column === undefined || worth === undefined
      ? []
      : [{ column: column.name, sum: { kind: 'lines', lines: lines.lines, worth } }]
  const quantity = lines.columns.find(({ role }) => role === 'quantity')
  const counted: Worth | undefined = quantity && { factors: [quantity.name], discount: undefined, shift: 0 }
  const quantities = summed(find('totalQuantity'), counted)
  const subtotal = find('subtotal')
  const total = find('total')
  if (subtotal === undefined) {
    // A subtotal that is the user's leaves the total to the row.
    const only = all.some(({ role }) => role === 'subtotal') ? undefined : (total ?? find('amount'))
    return [...quantities, ...summed(only, only && worthOf(lines.columns, only, ['total', 'subtotal', 'amount']))]
  }
  const sub = summed(subtotal, worthOf(lines.columns, subtotal, ['subtotal', 'total', 'amount']))
  const discount = find('discountAmount')
  const reduced: readonly TotalPlan[] =
    discount === undefined ? [] : [{ column: discount.name, sum: { kind: 'share', of: subtotal.name, percent: 10 } }]
  const sameUnit = all.filter(({ isMinor }) => isMinor === subtotal.isMinor)
  const names = (...roles: readonly TotalRole[]): readonly string[] =>
    sameUnit.flatMap(({ name, role }) => (roles.includes(role) ? [name] : []))
  const whole: readonly TotalPlan[] =
    total?.isMinor !== subtotal.isMinor
      ? []
      : [
          {
            column: total.name,
            sum: { kind: 'parts', plus: [subtotal.name, ...names('tax', 'charge')], minus: names('discountAmount') },
          },
        ]
  return [...quantities, ...sub, ...reduced, ...whole]
}

/** What a row with a quantity and a price comes to by itself. */
function ownTotals(free: readonly TotalColumn[], all: readonly TotalColumn[], isLine: boolean): readonly TotalPlan[] {
  const has = (role: TotalRole): boolean => all.some((column) => column.role === role)
  // Beside a subtotal a total is more than that: the tax comes to it.
  const role = has('subtotal') ? 'subtotal' : has('total') ? 'total' : isLine ? 'amount' : undefined
  return free
    .filter((column) => column.role === role)
    .flatMap((column): readonly TotalPlan[] => {
      const worth = worthOf(all, column, [])
      return worth === undefined ? [] : [{ column: column.name, sum: { kind: 'own', worth } }]
    })
}

/** What a line comes to: its own amount, else quantity times price less the discount. */
function worthOf(columns: readonly TotalColumn[], into: TotalColumn, roles: readonly TotalRole[]): Worth | undefined {
  const shift = (from: TotalColumn): number => (from.isMinor === into.isMinor ? 0 : from.isMinor ? -2 : 2)
  const amount = roles.flatMap((role) => columns.find((column) => column.role === role) ?? [])[0]
  if (amount !== undefined) return { factors: [amount.name], discount: undefined, shift: shift(amount) }
  const find = (role: TotalRole): TotalColumn | undefined => columns.find((column) => column.role === role)
  const [quantity, price] = [find('quantity'), find('price')]
  if (quantity === undefined || price === undefined) return undefined
  return { factors: [quantity.name, price.name], discount: find('discountPercent')?.name, shift: shift(price) }
}

/** `commentCount` of a post, `number_of_lines` of an order: columns that are called after the rows that they count. */
function counters(table: UntotalledTable, children: readonly Child[]): readonly TotalPlan[] {
  return table.facts.columns.flatMap((column): readonly TotalPlan[] => {
    if (!integers.has(column.baseType) || column.arrayDimensions > 0) return []
    const counted = /^(?:(?:total )?(?:number of|number) (?<of>.+)|(?:total )?(?<count>.+) count|total (?<all>.+))$/u.exec(
      wordsOf(column.name).join(' '),
    )?.groups
    const what = counted?.['of'] ?? counted?.['count'] ?? counted?.['all']
    if (what === undefined) return []
    const own = wordsOf(table.name)
    const called = children.filter(({ child }) => namesOf(child, own).includes(what))
    // An order counts items where its rows are called lines.
    const alike = lineNouns.has(what) ? children.filter(({ child }) => lineNouns.has(nounOf(child))) : []
    const found = called.length > 0 ? called : alike
    const [only] = found
    return only === undefined || found.length > 1
      ? []
      : [{ column: column.name, sum: { kind: 'rows', lines: { table: only.child.key, relation: only.relation.name } } }]
  })
}

/** What rows of a table may be called: `order line`, `line` (of an order). */
function namesOf(child: UntotalledTable, parent: readonly string[]): readonly string[] {
  const words = wordsOf(child.model ?? child.facts.name)
  const withoutParent = parent.every((word, place) => words[place] === word) ? words.slice(parent.length) : words
  return [words.join(' '), withoutParent.join(' '), words.at(-1) ?? '']
}

function nounOf({ model, facts }: UntotalledTable): string {
  return wordsOf(model ?? facts.name).at(-1) ?? ''
}

const integers: ReadonlySet<string> = new Set(['int2', 'int4', 'int8'])
const lineNouns: ReadonlySet<string> = new Set(
  'line item entry detail position row component part charge article expense'.split(' '),
)
