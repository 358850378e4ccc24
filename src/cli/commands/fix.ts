import { basename } from 'node:path'
import { fixUnconfirmed } from '../../fix/errors.ts'
import { listFixes } from '../../fix/list-fixes.ts'
import { purgeRun } from '../../fix/purge-run.ts'
import { rehearsalMemory } from '../../fix/rehearsed.ts'
import { runFix } from '../../fix/run-fix.ts'
import { listFixFiles, loadFix, newFix } from '../../fix/script-files.ts'
import { ensureTsNodeOptions } from '../../fix/ts-node-options.ts'
import { undoFix } from '../../fix/undo-fix.ts'
import { writeUndoSql } from '../../fix/write-undo-sql.ts'
import { withConnection } from '../../postgres/connect.ts'
import type { DatabaseUrl } from '../../postgres/database-url.ts'
import type { Project } from '../../project/open-project.ts'
import { defineCommand, defineCommandGroup } from '../command.ts'
import type { Context } from '../context.ts'
import { renderFixes, renderRun, renderUndo } from '../render/fixes.ts'
import { lockTimeoutOf, openWorkspace } from '../workspace.ts'

const confirm = {
  flag: '--confirm',
  kind: 'string',
  placeholder: 'NAME',
  description: "the database's name, where it is not the embedded one",
} as const

const runOptions = {
  confirm,
  rows: {
    flag: '--rows',
    kind: 'number',
    placeholder: 'N',
    default: 3,
    description: 'how many rows of each table are shown, before and after; 0 shows no value of any row',
  },
  lockTimeout: {
    flag: '--lock-timeout',
    kind: 'number',
    placeholder: 'MS',
    description: 'how long one lock is waited for before everything makes way and begins again; 1000 where nothing is said',
  },
  lockBudget: {
    flag: '--lock-budget',
    kind: 'number',
    placeholder: 'S',
    default: 60,
    description: 'how many seconds that is tried in all',
  },
  batchTime: {
    flag: '--batch-time',
    kind: 'number',
    placeholder: 'MS',
    description: 'how long a batch should take, of a fix in batches; its size is steered to it; 500 where nothing is said',
  },
} as const

const create = defineCommand({
  name: 'new',
  summary: 'write a script to fill in',
  description: 'Writes scripts/fixes/NAME.ts, typed by defineFix, and beside the first one a tsconfig.json with which ts-node ' +
    'starts it. Touches no database.',
  arguments: { name: { description: 'what it repairs, in a few words', required: true } },
  examples: [{ line: 'tide fix new repair_order_totals', does: 'writes scripts/fixes/repair_order_totals.ts' }],
  run: async (context, { name }) => {
    const { project } = await openWorkspace(context)
    const files = await newFix(project.directory, name)
    const text = files.map((file) => `Wrote ${file}`)
    return { document: { files }, text: [...text, `Fill it in, then rehearse it: tide fix run ${basename(files[0] ?? '', '.ts')}`] }
  },
})

const run = defineCommand({
  name: 'run',
  summary: 'rehearse a fix on the real rows, or apply it',
  description:
    'Type-checks the script and runs it on the environment’s database in one transaction, which is rolled back: a ' +
    'rehearsal. Shows what it changes in each table, also through triggers and cascades, and the locks it holds. With ' +
    '--apply it stays, and the rows as they were are kept for `tide fix undo`. A fix that names a table runs in ' +
    'batches of its rows, each a transaction; one that was stopped goes on where it was.',
  accepts: ['env'],
  arguments: { fix: { description: 'its name, or the path of its script', required: true } },
  options: {
    apply: { flag: '--apply', kind: 'boolean', description: 'commit it, and keep the rows as they were' },
    ...runOptions,
  },
  examples: [
    { line: 'tide fix run repair_order_totals', does: 'rehearses it on the dev database' },
    { line: 'tide fix run repair_order_totals --env production --apply --confirm shop', does: 'applies it to production' },
  ],
  run: async (context, { fix: given, apply, rows, ...input }) => {
    const { project, database: resolve } = await openWorkspace(context)
    const fix = await loadFix(project, given, context.directory)
    const written = await ensureTsNodeOptions(project.directory)
    const database = await resolve()
    if (apply) confirmed(project, database, input.confirm)
    const memory = rehearsalMemory(project.stateDirectory)
    const rehearsed = !apply || (await memory.has(fix, database))
    const result = await runFix({ ...settings(context, project, database, input), fix, apply, rows })
    if (!apply) await memory.add(fix, database)
    const scene = { database: database.toString(), rehearsed, rows, flags: flagsFor(context, project, database) }
    const more = written === undefined ? [] : [`Wrote ${written}: with it ts-node starts a fix by itself.`]
    return { document: { ...result, rehearsed }, text: [...renderRun(result, scene, context.colors), ...more] }
  },
})

const undo = defineCommand({
  name: 'undo',
  summary: 'give the rows back what they were before an applied fix',
  description:
    'Restores every row that a run touched, also through triggers and cascades, byte for byte. Where a row has changed ' +
    'since, nothing is restored and the rows are named. An undo is a run of its own and can be undone. Of a run in ' +
    'batches it takes back the last one first; one that was stopped goes on.',
  accepts: ['env'],
  arguments: { run: { description: 'the number of a run, or the name of a fix, whose last run is meant', required: true } },
  options: {
    overwrite: {
      flag: '--overwrite',
      kind: 'boolean',
      description: 'restore rows that changed since as well; what came since is lost',
    },
    sql: { flag: '--sql', kind: 'boolean', description: 'print the rollback as SQL for review; nothing is changed' },
    dryRun: { flag: '--dry-run', kind: 'boolean', description: 'rehearse it: everything is rolled back' },
    ...runOptions,
  },
  examples: [
    { line: 'tide fix undo repair_order_totals', does: 'undoes its last run' },
    { line: 'tide fix undo 12 --sql > undo.sql', does: 'writes what that would do' },
  ],
  run: async (context, { run: given, overwrite, sql, dryRun, rows, ...input }) => {
    const { project, database: resolve } = await openWorkspace(context)
    const database = await resolve()
    if (sql) return printSql(context, database, given, overwrite)
    if (!dryRun) confirmed(project, database, input.confirm)
    const result = await undoFix({
      ...settings(context, project, database, input),
      run: given,
      overwrite,
      apply: !dryRun,
      rows,
    })
    const scene = { database: database.toString(), rehearsed: true, rows, flags: flagsFor(context, project, database) }
    return { document: result, text: renderUndo(result, scene, context.colors) }
  },
})

const list = defineCommand({
  name: 'list',
  summary: 'show the fixes of the project and the runs of its database',
  description:
    'Lists the scripts of scripts/fixes and every applied run, with who ran it and what it touched. Changes nothing.',
  accepts: ['env'],
  examples: [
    { line: 'tide fix list', does: 'lists fixes, and the runs of the dev database' },
    { line: 'tide fix list --env production --json', does: 'the same of production, as JSON' },
  ],
  run: async (context) => {
    const { project, database: resolve } = await openWorkspace(context)
    const files = await listFixFiles(project.directory)
    const result = await withConnection(await resolve(), (connection) => listFixes(connection, files))
    return { document: result, text: renderFixes(result, context.colors) }
  },
})

const purge = defineCommand({
  name: 'purge',
  summary: 'forget the rows as they were before a run, for good',
  description:
    'Deletes the rows that an applied run has kept, as they were and as they became. It cannot be undone any more; the ' +
    'record of who ran it, when and with what counts stays. Rows of the tables themselves are not touched.',
  accepts: ['env'],
  arguments: { run: { description: 'the number of a run, or the name of a fix, whose last run is meant', required: true } },
  options: { confirm },
  examples: [{ line: 'tide fix purge 12', does: 'deletes what run 12 has kept' }],
  run: async (context, { run: given, confirm: name }) => {
    const { project, database: resolve } = await openWorkspace(context)
    const database = await resolve()
    confirmed(project, database, name)
    const purged = await withConnection(database, (connection) => purgeRun(connection, given))
    const text = `Deleted ${purged.rows.toLocaleString('en')} kept rows of run ${purged.run} of ${purged.fix}. It cannot be undone any more.`
    return { document: purged, text }
  },
})

/** @throws FIX_UNCONFIRMED */
function confirmed(project: Project, { database }: DatabaseUrl, given: string | undefined): void {
  if (project.database.kind !== 'embedded' && given !== database) throw fixUnconfirmed(database, given)
}

/** What the next command for the same database takes. */
function flagsFor({ environment }: Context, project: Project, { database }: DatabaseUrl): string {
  const env = environment === undefined ? '' : ` --env ${environment}`
  return project.database.kind === 'embedded' ? env : `${env} --confirm ${database}`
}

function settings(
  { report, signal, variables }: Context,
  project: Project,
  database: DatabaseUrl,
  input: Readonly<Record<'batchTime' | 'lockTimeout', number | undefined>> & { readonly lockBudget: number },
) {
  const { brakes } = project.config.data ?? {}
  return {
    database,
    ...(input.batchTime === undefined ? {} : { targetMs: Math.max(10, input.batchTime) }),
    ...(brakes === undefined ? {} : { brakes }),
    ...lockTimeoutOf(project, input.lockTimeout),
    lockBudgetMs: input.lockBudget * 1000,
    appliedBy: variables['USER'] ?? variables['USERNAME'],
    report,
    signal,
  }
}

/** Line by line as it comes: a rollback may be larger than memory. As JSON it is one text. */
async function printSql(context: Context, database: DatabaseUrl, run: string, overwrite: boolean) {
  const kept: string[] = []
  const write = (lines: readonly string[]): void => {
    if (context.json) kept.push(...lines)
    else context.write(lines.join('\n'))
  }
  const undoes = await writeUndoSql({ database, run, overwrite, write })
  return { document: { undoes, sql: `${kept.join('\n')}\n` }, text: '' }
}

export const command = defineCommandGroup({
  name: 'fix',
  summary: 'scripts that repair data: new, run, undo, list, purge',
  description: 'One-off scripts of scripts/fixes that repair rows. Each applied run keeps the rows as they were.',
  commands: [create, run, undo, list, purge],
})
