import { join } from 'node:path'
import { ensureSnapshotClient } from '../client/snapshot-client.ts'
import type { Batch, DataContext, NoWayBack, RecordedUndo } from '../define-data.ts'
import { stepInvalid } from '../errors.ts'
import type { Migration } from '../../history/read-history.ts'
import { checkScript } from '../../project/scripts/check-script.ts'
import { loadScript } from '../../project/scripts/load-script.ts'
import { readScript } from '../../project/scripts/script.ts'
import type { ScriptPlace } from '../../project/scripts/script-place.ts'

/** A data step that was type-checked and loaded: what `defineData` was given, told apart by its form. */
export type LoadedStep = LoadedSqlStep | LoadedRowsStep | LoadedTransactionStep

interface LoadedBase {
  readonly migration: string
  /** The migration's folder. */
  readonly directory: string
  /** Of its text and of what it imports. */
  readonly hash: string
  readonly description: string | undefined
  readonly check: string
}

/** Statements for each batch. */
export interface LoadedSqlStep extends LoadedBase {
  readonly form: 'sql'
  readonly table: string
  readonly key: readonly string[] | undefined
  readonly up: WriteStatements
  readonly down: WriteStatements | RecordedUndo | NoWayBack
}

/** A function over the rows of each batch. */
export interface LoadedRowsStep extends LoadedBase {
  readonly form: 'rows'
  readonly model: string
  readonly key: readonly string[] | undefined
  readonly up: ChangeRows
  readonly down: ChangeRows | RecordedUndo | NoWayBack
}

/** A function over one transaction. */
export interface LoadedTransactionStep extends LoadedBase {
  readonly form: 'transaction'
  readonly up: RunOnce
  readonly down: RunOnce | NoWayBack
}

/** Gives the statements of a batch. */
export type WriteStatements = (batch: Batch) => unknown
/** Changes the rows of a batch. */
export type ChangeRows = (rows: readonly object[], context: DataContext) => unknown
/** Changes what it wants, in one transaction. */
export type RunOnce = (context: DataContext) => unknown

/**
 * Type-checks and loads the data step of a migration. Nothing asks a database.
 * @throws PROJECT_SCRIPT_TYPES, PROJECT_SCRIPT_UNLOADABLE, PROJECT_SCRIPT_EXPORT, DATA_STEP_INVALID, PRISMA_*
 */
export async function loadStep(migration: Pick<Migration, 'name' | 'directory'>, place: ScriptPlace): Promise<LoadedStep> {
  const file = join(migration.directory, 'data.ts')
  let script = readScript(file)
  // A step of SQL needs no client, and so no folder that can be written.
  if (importsClient.test(script.sources[0]?.text ?? '') && (await ensureSnapshotClient(migration.directory)).isNew) {
    script = readScript(file)
  }
  await checkScript(script, place)
  const value = await loadScript(script, place, { name: 'data', maker: 'defineData' })
  return readDefinition(value, { migration: migration.name, directory: migration.directory, hash: script.hash })
}

const importsClient = /['"]\.\/client[/'"]/

/** What is said of a migration without its script: an undo that is none. */
export function isNoWayBack(down: LoadedStep['down']): down is NoWayBack {
  return typeof down !== 'function' && 'reason' in down
}

/** A way back that is recorded while the step runs. */
export function isRecorded(down: LoadedStep['down']): down is RecordedUndo {
  return typeof down !== 'function' && 'restore' in down
}

/**
 * Reads what `defineData` was given: JavaScript may say anything, whatever the types are.
 * @throws DATA_STEP_INVALID
 */
export function readDefinition(
  value: object,
  from: { readonly migration: string; readonly directory: string; readonly hash: string },
): LoadedStep {
  const given = value as Readonly<Record<string, unknown>>
  const { description, check, table, model, key, up, down } = given
  const problems = [
    ...(typeof check === 'string' && check.trim() !== '' ? [] : ['`check` is no query']),
    ...(typeof up === 'function' ? [] : ['`up` is no function']),
    ...(typeof down === 'function' || isReason(down) || isRestore(down)
      ? []
      : ['`down` is neither a function nor { restore } nor { reason }']),
    ...(isRestore(down) && table === undefined && model === undefined ? ['`restore` needs `table` or `model`'] : []),
    ...(isOptional(table, isText) ? [] : ['`table` is no text']),
    ...(isOptional(model, isText) ? [] : ['`model` is no text']),
    ...(table !== undefined && model !== undefined ? ['both `table` and `model` are given'] : []),
    ...(isOptional(key, isTexts) ? [] : ['`key` is no list of names']),
    ...(isOptional(description, isText) ? [] : ['`description` is no text']),
    ...Object.keys(given).filter((name) => !known.has(name)).map((name) => `nobody knows \`${name}\``),
  ]
  if (problems.length > 0) throw stepInvalid(join(from.directory, 'data.ts'), problems)
  const form = typeof table === 'string' ? 'sql' : typeof model === 'string' ? 'rows' : 'transaction'
  const statement = String(check).trim().replace(/;\s*$/, '')
  // Each property was looked at above; functions cannot be told apart further.
  return { ...given, ...from, form, check: statement } as unknown as LoadedStep
}

const known: ReadonlySet<string> = new Set(['description', 'check', 'table', 'model', 'key', 'up', 'down'])

function isOptional(value: unknown, test: (value: unknown) => boolean): boolean {
  return value === undefined || test(value)
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isText)
}

function isRestore(value: unknown): value is RecordedUndo {
  return typeof value === 'object' && value !== null && 'restore' in value && isTexts(value.restore)
}

function isReason(value: unknown): value is NoWayBack {
  return typeof value === 'object' && value !== null && 'reason' in value && isText(value.reason)
}
