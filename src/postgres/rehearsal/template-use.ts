import { quoteIdentifier, quoteLiteral } from '../quote.ts'
import { dropIfIdle } from './drop-if-idle.ts'
import type { MaintenanceSession } from './maintenance-session.ts'

/** How exact the order of use is, in seconds: written down at every clone, commands would wait for each other. */
const exactness = 60

/**
 * Writes down in the template's comment when it was last used, by the server's clock.
 * A template without the comment (its maker was killed right then) counts as unused for the longest time.
 */
export async function markTemplateUsed(
  session: Pick<MaintenanceSession, 'query'>,
  template: string,
): Promise<void> {
  const [row] = await session.query<{ now: number; note: string | null }>(useSql, [template])
  if (row === undefined || row.now - readUse(row.note) < exactness) return
  const note = quoteLiteral(`tide rehearsal template, used ${String(row.now)}`)
  await session.query(`COMMENT ON DATABASE ${quoteIdentifier(template)} IS ${note}`)
}

/** Drops the least recently used templates beyond a limit. @returns how many */
export async function dropSurplusTemplates(
  session: MaintenanceSession,
  prefix: string,
  limit: number,
): Promise<number> {
  const rows = await session.query<{ name: string; note: string | null }>(listSql, [prefix])
  const oldestFirst = [...rows].sort((a, b) => readUse(a.note) - readUse(b.note) || (a.name < b.name ? -1 : 1))
  const surplus = oldestFirst.slice(0, Math.max(0, rows.length - limit))
  let dropped = 0
  // One in which somebody is at work just now was used last, so its turn comes last.
  for (const { name } of surplus) if (await dropIfIdle(session, name)) dropped++
  return dropped
}

const useSql = `
  SELECT extract(epoch FROM now())::float8 AS now, shobj_description(oid, 'pg_database') AS note
  FROM pg_database WHERE datname = $1`

const listSql = `
  SELECT datname AS name, shobj_description(oid, 'pg_database') AS note
  FROM pg_database WHERE starts_with(datname, $1)`

function readUse(note: string | null): number {
  return Number(/used ([0-9.]+)$/.exec(note ?? '')?.[1] ?? 0)
}
