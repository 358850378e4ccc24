import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import type { Cell } from '../cell.ts'
import { add, decimalText, multiply, parseRational, rational, type Rational, round, subtract, zero } from '../constraints/rational.ts'
import { numberRange } from '../generators/format/number.ts'
import type { Generator, RowView } from '../generators/generator.ts'
import type { ChildRows } from './child-rows.ts'
import type { Lines, TotalPlan, Worth } from './total-plan.ts'

/** How the rows of another table are found. */
export interface LineAccess {
  rowsOf(lines: Lines): ChildRows
  cell(lines: Lines, row: number, column: string): Cell
}

/**
 * Makes a column from its lines, exactly. What does not fit the column's type, or a check, is left to the generator
 * that the column has otherwise.
 */
export function totalGenerator(
  { sum }: TotalPlan,
  column: ColumnFacts,
  usual: Generator,
  access: LineAccess,
): Generator {
  const write = writer(column)
  const worth = (row: RowView): Rational => {
    const own = (name: string): Cell => row.cell(name) ?? null
    switch (sum.kind) {
      case 'rows':
        return rational(BigInt(access.rowsOf(sum.lines).of(row.index).length))
      case 'lines': {
        let whole = zero
        for (const line of access.rowsOf(sum.lines).of(row.index)) {
          whole = add(whole, worthOf(sum.worth, (name) => access.cell(sum.lines, line, name)))
        }
        return moved(whole, sum.worth.shift)
      }
      case 'own':
        return moved(worthOf(sum.worth, own), sum.worth.shift)
      case 'parts': {
        const plus = sum.plus.reduce((all, name) => add(all, numberOf(own(name))), zero)
        return sum.minus.reduce((all, name) => subtract(all, numberOf(own(name))), plus)
      }
      case 'share':
        // Every fourth row has it.
        return row.index % 4 === 1 ? multiply(numberOf(own(sum.of)), rational(BigInt(sum.percent), 100n)) : zero
    }
  }
  return { ...usual, otherwise: usual, make: (row, random) => write(worth(row)) ?? usual.make(row, random) }
}

function worthOf({ factors, discount }: Worth, cell: (name: string) => Cell): Rational {
  const product = factors.reduce<Rational>((all, name) => multiply(all, numberOf(cell(name))), { n: 1n, d: 1n })
  if (discount === undefined) return product
  return multiply(product, subtract(rational(1n), multiply(numberOf(cell(discount)), rational(1n, 100n))))
}

/** NULL is nothing, as in a sum of SQL. */
function numberOf(cell: Cell): Rational {
  return (cell === null ? undefined : parseRational(cell)) ?? zero
}

function moved(value: Rational, places: number): Rational {
  if (places === 0) return value
  const power = 10n ** BigInt(Math.abs(places))
  return multiply(value, places > 0 ? rational(power) : rational(1n, power))
}

/** Rounds as PostgreSQL does; undefined for what the type does not hold. */
function writer(column: ColumnFacts): (value: Rational) => string | undefined {
  const { min, max } = numberRange(column)
  const digits = column.baseType.startsWith('int') ? 0 : column.precision === undefined ? undefined : (column.scale ?? 0)
  return (value) => {
    const places = digits ?? placesOf(value)
    const text = decimalText(round(moved(value, places)), places)
    const number = Number(text)
    return number < min || number > max ? undefined : text
  }
}

/** Of a type without a scale: as many as it takes, at most ten. */
function placesOf({ d }: Rational): number {
  let places = 0
  for (let unit = 1n; places < 10 && unit % d !== 0n; unit *= 10n) places++
  return places
}
