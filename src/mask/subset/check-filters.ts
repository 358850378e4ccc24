import { loadParser } from '../../postgres/statements/parser.ts'
import { filterInvalid } from '../fixtures/errors.ts'

/**
 * Whether each condition is one by itself: `id = 1) OR (true` is balanced only where something stands around it, and
 * `true ORDER BY 1` says more than which rows.
 * @param filters by model
 * @throws FIXTURE_FILTER_INVALID
 */
export async function checkFilters(filters: ReadonlyMap<string, string>): Promise<void> {
  if (filters.size === 0) return
  const { parse } = await loadParser()
  for (const [model, condition] of filters) {
    const isOne = (await parses(parse, `SELECT WHERE ${condition}\n`)) && (await parses(parse, `SELECT (${condition}\n)`))
    if (!isOne) throw filterInvalid(model)
  }
}

async function parses(parse: (sql: string) => Promise<{ stmts?: readonly unknown[] }>, sql: string): Promise<boolean> {
  try {
    return ((await parse(sql)).stmts ?? []).length === 1
  } catch {
    return false
  }
}
