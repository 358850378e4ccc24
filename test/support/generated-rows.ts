import type { ColumnFacts } from '../../src/postgres/tables/table-facts.ts'
import type { Cell } from '../../src/seed/cell.ts'
import type { Generator, PrismaField, RowView } from '../../src/seed/generators/generator.ts'
import { generatorFor } from '../../src/seed/generators/generator-for.ts'
import { loadLocale } from '../../src/seed/locale/load-locale.ts'
import { columnRandoms } from '../../src/seed/random/cell-random.ts'
import { addressesOf } from '../../src/seed/shared/addresses.ts'
import { momentsOf } from '../../src/seed/shared/moments.ts'
import { peopleOf } from '../../src/seed/shared/people.ts'

/** Noon of a Monday. */
export const now = Date.UTC(2026, 10, 23, 12)

/** Facts of a column as a test needs them. */
export function column(name: string, baseType: string, over: Partial<ColumnFacts> = {}): ColumnFacts {
  return {
    name, baseType, type: baseType, kind: 'scalar', arrayDimensions: 0, enumLabels: undefined, maxLength: undefined,
    precision: undefined, scale: undefined, fractionDigits: baseType.startsWith('time') ? 6 : undefined, notNull: true,
    default: undefined, identity: undefined, generated: undefined, sequence: undefined, domainChecks: [],
    comment: undefined,
    elementDomain: undefined,
    ...over,
  } as ColumnFacts
}

export interface GeneratedTable {
  readonly generators: ReadonlyMap<string, Generator>
  /** The cells of a row by column, made in the order that the generators ask for. */
  row(index: number): Readonly<Record<string, Cell>>
  view(index: number): RowView
}

interface Options {
  readonly locale?: string
  readonly seed?: string
  readonly prisma?: Readonly<Record<string, PrismaField>>
}

/** Rows as the generators alone make them: no keys, no checks. */
export async function generatedTable(
  model: string,
  columns: readonly ColumnFacts[],
  { locale: name = 'en', seed = 'test', prisma = {} }: Options = {},
): Promise<GeneratedTable> {
  const locale = await loadLocale(name)
  const generators = new Map(
    columns.map((one) => {
      const field = prisma[one.name]
      const input = { seed, model, column: one, columns, locale, now, rows: 1000 }
      return [one.name, generatorFor({ ...input, ...(field !== undefined && { prisma: field }) })] as const
    }),
  )
  const randoms = new Map(columns.map((one) => [one.name, columnRandoms({ seed, model, field: one.name })]))
  const people = peopleOf({ seed, model, locale })
  const addresses = addressesOf({ seed, model, locale })
  const moments = momentsOf({ seed, model, now })

  function fill(index: number): { readonly cells: Record<string, Cell>; readonly view: RowView } {
    const cells: Record<string, Cell> = {}
    const shared = { person: people.of(index), address: addresses(index), moment: moments(index) }
    const view = { index, cell: (of: string) => cells[of], ...shared }
    const pending = new Set<string>()
    const make = (of: string): void => {
      const generator = generators.get(of)
      const random = randoms.get(of)
      if (generator === undefined || random === undefined || of in cells) return
      if (pending.has(of)) throw new Error(`${of} comes after itself`)
      pending.add(of)
      generator.after.forEach(make)
      cells[of] = generator.make(view, random(index))
    }
    columns.forEach(({ name: of }) => { make(of) })
    return { cells, view }
  }

  return { generators, row: (index) => fill(index).cells, view: (index) => fill(index).view }
}
