import { cp } from 'node:fs/promises'
import { adopt } from '../../src/author/adopt.ts'
import { isFailure } from '../../src/errors/failure.ts'
import { type Migration, readHistory } from '../../src/history/read-history.ts'
import type { Catalog } from '../../src/postgres/catalog/catalog.ts'
import { compareCatalogs } from '../../src/postgres/catalog/compare-catalogs.ts'
import { describeDifference } from '../../src/postgres/catalog/describe-difference.ts'
import { readCatalog } from '../../src/postgres/catalog/read-catalog.ts'
import { type Connection, withConnection } from '../../src/postgres/connect.ts'
import type { Rehearsals } from '../../src/postgres/rehearsal/rehearsals.ts'
import { type Verification, verify } from '../../src/proof/verify.ts'
import { runScript } from '../../src/postgres/statements/run-script.ts'

export interface CorpusResult {
  readonly name: string
  readonly migrations: number
  /** How many could be applied and rolled back. */
  readonly tried: number
  readonly complete: number
  readonly incomplete: number
  /** How many migrations give each kind of reason. */
  readonly reasons: Readonly<Record<string, number>>
  /** Rolled back to the catalog that was there before. */
  readonly sameBefore: number
  /** Applied again to the catalog that was there after. */
  readonly sameAfter: number
  /** Whether everything was rolled back to the empty database, one after the other, and applied again. */
  readonly wholeWayBack: boolean
  readonly adoptMs: number
  /** How many migrations got each verdict. */
  readonly verdicts: Verification['summary']
  /** How many migrations lose something, or fail, for each kind of reason. */
  readonly grounds: Readonly<Record<string, number>>
  readonly verifyMs: number
  /** What did not lead where it should, by migration. */
  readonly wrong: readonly string[]
  /** Why the history ends early on this server. */
  readonly stopped?: string
}

interface Trial {
  readonly name: string
  readonly paths: { readonly source: string; readonly copy: string }
  readonly rehearsals: Rehearsals
}

/** Adopts a copy of a history, then goes each step there, back and there again, and at last the whole way. */
export async function tryCorpus({ name, paths, rehearsals }: Trial): Promise<CorpusResult> {
  await cp(paths.source, paths.copy, { recursive: true })
  const adoption = await adopt({ history: { migrationsDirectory: paths.copy }, rehearsals })
  const history = await readHistory(paths.copy)
  const reached = history.slice(0, adoption.migrations.length)
  await using rehearsal = await rehearsals.clone(undefined)
  const outcome = await withConnection(rehearsal.url, (connection) => goEveryStep(connection, reached))
  const verification = await verify({ history: reached, names: reached.map((one) => one.name), rehearsals })
  const { stopped } = adoption
  return {
    name,
    migrations: history.length,
    tried: reached.length,
    complete: adoption.migrations.filter((one) => one.down === 'written').length,
    incomplete: adoption.migrations.filter((one) => one.down === 'incomplete').length,
    reasons: countReasons(adoption.migrations.map((one) => one.reasons)),
    adoptMs: adoption.ms,
    verdicts: verification.summary,
    grounds: countGrounds(verification.migrations),
    verifyMs: verification.ms,
    ...outcome,
    ...(stopped === undefined ? {} : { stopped: `${stopped.migration}: ${messageOf(stopped.reason).replaceAll(`${paths.copy}/`, '')}` }),
  }
}

type Steps = Pick<CorpusResult, 'sameBefore' | 'sameAfter' | 'wholeWayBack' | 'wrong'>

async function goEveryStep(connection: Connection, history: readonly Migration[]): Promise<Steps> {
  const wrong: string[] = []
  const empty = await readCatalog(connection, { again: true })
  let before = empty
  let rowsBefore = await countRows(connection)
  let sameBefore = 0
  let sameAfter = 0
  for (const migration of history) {
    await runScript(connection, migration.sql, `${migration.name}/migration.sql`)
    const after = await readCatalog(connection, { again: true })
    const rowsAfter = await countRows(connection)
    const back = await goTo(connection, migration.down ?? '', before)
    sameBefore += Number(back.length === 0)
    if (migration.downDirectives.length === 0 && (await countRows(connection)) !== rowsBefore) {
      wrong.push(`${migration.name}: rows are not as before, and its head does not say so`)
    }
    const again = await goTo(connection, migration.sql, after)
    sameAfter += Number(again.length === 0)
    wrong.push(...[...back, ...again].map((line) => `${migration.name}: ${line}`))
    before = after
    rowsBefore = rowsAfter
  }
  const wholeWay = await goWholeWay(connection, history, { empty, full: before })
  return { sameBefore, sameAfter, wholeWayBack: wholeWay.length === 0, wrong: [...wrong, ...wholeWay] }
}

/** How many rows each table has that migrations have filled. */
async function countRows(connection: Connection): Promise<string> {
  const { rows } = await connection.query<{ counts: string }>(
    `SELECT coalesce(string_agg(format('%s %s', c.oid::regclass, (xpath('/row/n/text()', query_to_xml(
       format('SELECT count(*) AS n FROM %s', c.oid::regclass), false, true, '')))[1]), ', ' ORDER BY c.relname), '') AS counts
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'cron')`,
  )
  return rows[0]?.counts ?? ''
}

async function goWholeWay(
  connection: Connection,
  history: readonly Migration[],
  { empty, full }: { readonly empty: Catalog; readonly full: Catalog },
): Promise<readonly string[]> {
  for (const migration of history.toReversed().slice(0, -1)) {
    const problems = await goTo(connection, migration.down ?? '')
    if (problems.length > 0) return [`the whole way back stops at ${migration.name}: ${problems.join('; ')}`]
  }
  const back = await goTo(connection, history[0]?.down ?? '', empty)
  for (const migration of history.slice(0, -1)) await runScript(connection, migration.sql, migration.name)
  return [...back, ...(await goTo(connection, history.at(-1)?.sql ?? '', full))]
}

/** Runs a script; what is not as it should be then, where a goal is given. */
async function goTo(connection: Connection, sql: string, goal?: Catalog): Promise<readonly string[]> {
  try {
    await runScript(connection, sql, 'script')
  } catch (error) {
    return [messageOf(error)]
  }
  if (goal === undefined) return []
  return compareCatalogs(goal, await readCatalog(connection, { again: true })).map(describeDifference)
}

function messageOf(error: unknown): string {
  if (isFailure(error)) return error.details.message
  return error instanceof Error ? error.message : String(error)
}

/** By verdict and kind of reason, without names; each once for a migration. */
function countGrounds(migrations: Verification['migrations']): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { losses, breaking, verdict, reason } of migrations) {
    const lost = losses.map((loss) => `lossy: ${kindOf(loss.reason)}${loss.rows === 0 ? ', none of the rehearsed rows' : ''}`)
    const broken = breaking.map(({ hazard }) => `fails: ${hazard}`)
    const other = breaking.length === 0 && reason !== undefined ? [`${verdict}: ${(reason.split(': ')[0] ?? '')}`] : []
    for (const ground of new Set([...lost, ...broken, ...other])) counts[ground] = (counts[ground] ?? 0) + 1
  }
  return counts
}

function kindOf(reason: string): string {
  return reason.replace(/ \(line \d+\)$/, '').replaceAll(/\S+\.\S+( \([^)]*\))?/g, '…')
}

/** Reasons by their kind: names and lines left out. */
function countReasons(all: readonly (readonly string[])[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const reasons of all) {
    const kinds = reasons.map(kindOf)
    for (const kind of new Set(kinds)) counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}
