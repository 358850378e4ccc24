import type { Connection } from '../../src/postgres/connect.ts'
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../../src/postgres/quote.ts'
import type { ColumnFacts, TableFacts } from '../../src/postgres/tables/table-facts.ts'
import type { Cell } from '../../src/seed/cell.ts'
import type { Domain, RowCase } from '../../src/seed/constraints/domain.ts'
import { createSampler } from '../../src/seed/constraints/samplers/create-sampler.ts'
import { planComparisons } from '../../src/seed/constraints/satisfy-comparisons.ts'
import { cellRandom } from '../../src/seed/random/cell-random.ts'

/** Where rows of a test stand in time. */
export const testNow = Date.UTC(2026, 0, 15, 12)

/** Rows of one case, drawn by samplers alone; a row that found no value after some attempts is a text that says so. */
function drawRows(table: TableFacts, rowCase: RowCase, count: number): readonly (readonly Cell[] | string)[] {
  const now = testNow
  const written = table.columns.filter((column) => column.generated === undefined)
  const plan = planComparisons(rowCase, table.columns, now)
  const order = [...plan.order, ...written.map(({ name }) => name).filter((name) => !plan.order.includes(name))]
  return Array.from({ length: count }, (_, row) => {
    for (let attempt = 0; attempt < 5; attempt++) {
      const cells = new Map<string, Cell>()
      const failed = order.find((name) => {
        const column = written.find((one) => one.name === name)
        const domain = plan.domainOf(name, (other) => cells.get(other))
        const cell = column === undefined || domain === undefined ? undefined : draw(column, domain, row, attempt, now)
        if (cell !== undefined) cells.set(name, cell)
        return cell === undefined
      })
      if (failed === undefined) return written.map(({ name }) => cells.get(name) ?? null)
      if (attempt === 4) return `no value for ${failed}`
    }
    return 'no attempt'
  })
}

function draw(column: ColumnFacts, domain: Domain, row: number, attempt: number, now: number): Cell | undefined {
  const sampler = createSampler(column, domain, { now })
  const random = cellRandom({ seed: 'test', model: 'test', field: column.name, row, attempt })
  // Sometimes NULL, where it may be.
  if (domain.null === 'allowed' && random.below(8) === 0) return null
  const cell = sampler.draw(random)
  if (cell !== undefined && !sampler.contains(cell)) return undefined
  return cell
}

/** Inserts rows, and gives what the server says against those that it refuses; one by one only where it refuses any. */
async function refusals(
  connection: Connection,
  table: TableFacts,
  rows: readonly (readonly Cell[])[],
): Promise<readonly string[]> {
  if (rows.length === 0) return []
  const written = table.columns.filter((column) => column.generated === undefined)
  const names = written.map(({ name }) => quoteIdentifier(name)).join(', ')
  const into = `INSERT INTO ${quoteQualified(table.schema, table.name)} (${names}) VALUES`
  const values = (row: readonly Cell[]): string => `(${row.map((cell) => (cell === null ? 'NULL' : quoteLiteral(cell))).join(', ')})`
  const insert = (some: readonly (readonly Cell[])[]): Promise<readonly string[]> =>
    connection.query(`${into} ${some.map(values).join(', ')}`).then(
      () => [],
      (error: unknown) => [`${error instanceof Error ? error.message : String(error)}: ${JSON.stringify(some[0])}`],
    )
  if ((await insert(rows)).length === 0) return []
  const found: string[] = []
  for (const row of rows) found.push(...(await insert([row])))
  return found
}

/** Draws rows of some cases and inserts them; columns that the cases say nothing of are left out where they may be. */
export async function drawnRefusals(
  connection: Connection,
  table: TableFacts,
  cases: readonly RowCase[],
  count: number,
): Promise<readonly string[]> {
  const found: string[] = []
  for (const one of cases) {
    const compared = one.comparisons.flatMap(({ terms }) => terms.flatMap((term) => term.columns))
    const used = new Set([...one.domains.keys(), ...compared])
    const narrow = { ...table, columns: table.columns.filter(({ name }) => used.has(name)) }
    const rows = drawRows(narrow, one, count)
    found.push(...rows.filter((row) => typeof row === 'string'))
    found.push(...(await refusals(connection, narrow, rows.filter((row) => typeof row !== 'string'))))
  }
  return found
}
