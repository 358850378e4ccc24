import type { AskedHazard } from '../../proof/ask-environment.ts'
import type { Colors } from '../colors.ts'

/** Which database was asked. */
interface AskedDatabase {
  readonly environment: string
  readonly database: string
  readonly pending: readonly string[]
}

/** What a real database has of the rows that would break its pending migrations. */
export function renderAsked(
  asked: readonly AskedHazard[],
  { environment, database, pending }: AskedDatabase,
  colors: Colors,
): readonly string[] {
  const heading = colors.bold(`${environment} (${database})`)
  if (pending.length === 0) return [heading, '  Nothing is pending there.']
  const found = asked.filter(({ count = 0 }) => count > 0)
  const open = asked.filter(({ problem }) => problem !== undefined)
  const none = asked.length - found.length - open.length
  return [
    heading,
    ...found.flatMap(({ migration, object, rows, count = 0, keys, sql }) => [
      `  ${colors.red(count.toLocaleString('en'))} ${count === 1 ? 'row' : 'rows'} would break ${migration}: ${rows} in ${object}`,
      ...(keys.length === 0 ? [] : [`    such as ${keys.join(' ')}`]),
      colors.dim(`    find them: ${sql}`),
    ]),
    ...open.map(({ migration, object, rows, problem = '' }) =>
      colors.yellow(`  not known: ${rows} in ${object} (${migration}): ${problem}`),
    ),
    `  ${String(none)} of ${String(asked.length)} questions found no such row; ${pendingCount(pending.length)} pending there.`,
  ]
}

function pendingCount(count: number): string {
  return count === 1 ? '1 migration is' : `${String(count)} migrations are`
}
