import { type Failure, isFailure } from '../errors/failure.ts'
import type { Migration } from '../history/read-history.ts'
import type { SaltedRehearsals } from '../history/replay.ts'
import type { ScriptPlace } from '../project/scripts/script-place.ts'
import { aspectsBeyond } from './acceptance.ts'
import type { Proof, Verdict } from './proof.ts'
import { proveMigration, usualRows } from './prove-migration.ts'
import { writeProofFile } from './record/proof-files.ts'
import { proofInputs } from './record/proof-inputs.ts'
import { renderProof } from './record/proof-text.ts'
import { walkHistory } from './walk-history.ts'

/** Which migrations are proven. */
export interface VerifyOptions {
  readonly history: readonly Migration[]
  /** Their names, in any order. */
  readonly names: readonly string[]
  readonly rehearsals: SaltedRehearsals
  /** Rows that each table is given; 10. */
  readonly rows?: number
  /** How many rehearsals go on at once; 2. */
  readonly workers?: number
  /** Where data steps belong, so that they are rehearsed as well. */
  readonly scripts?: ScriptPlace
  /** What runs in an empty rehearsal before the first migration. */
  readonly setup?: string
  readonly report?: (event: { stage: string; done?: number; total?: number; detail?: string }) => void
  /** Stops between two migrations; what was proven is written. */
  readonly signal?: AbortSignal
  /** Milliseconds of a clock that only goes forward. */
  readonly clock?: () => number
}

/** One migration with its proof, which is written beside it. */
export interface VerifiedMigration {
  readonly name: string
  readonly verdict: Verdict
  readonly losses: Proof['losses']
  /** Why there is no way back, or what fails; absent where there is nothing of the kind. */
  readonly reason?: string
  /** Rows that break the migration, with the SQL that finds them. */
  readonly breaking: Proof['hazards']
  readonly volatile: Proof['volatile']
  readonly notes: Proof['notes']
  /** What the proof shows and no `allow` directive accepts. */
  readonly unaccepted: readonly Verdict[]
  readonly ms: number
}

/** What a run has shown. */
export interface Verification {
  /** In the order of the history. */
  readonly migrations: readonly VerifiedMigration[]
  readonly summary: Readonly<Record<Verdict, number>>
  /** Where the history cannot be replayed any further. */
  readonly stopped?: { readonly migration: string; readonly reason: Failure }
  readonly ms: number
}

/**
 * Rehearses migrations, writes a `proof.json` beside each, and says what they show.
 * @throws REHEARSAL_*, CLI_INTERRUPTED through the signal
 */
export async function verify(options: VerifyOptions): Promise<Verification> {
  const { history, names, signal, report } = options
  const clock = options.clock ?? (() => performance.now())
  const begin = clock()
  const positions = history.flatMap(({ name }, position) => (names.includes(name) ? [position] : []))
  const allInputs = proofInputs(history, options.setup)
  let done = 0
  const tell = (detail?: string): void =>
    report?.({ stage: 'rehearsing', done, total: positions.length, ...(detail === undefined ? {} : { detail }) })
  const prove = async (part: readonly number[]): Promise<WorkerResult> => {
    const [first] = part
    const verified: VerifiedMigration[] = []
    let current = first ?? 0
    if (first === undefined) return { verified }
    try {
      await using walk = await walkHistory(options.rehearsals, history, first)
      for (const position of part) {
        current = position
        signal?.throwIfAborted()
        await walk.goTo(position)
        const migration = history[position]
        const inputs = allInputs[position]
        if (migration === undefined || inputs === undefined) continue
        tell(migration.name)
        const started = clock()
        const { rehearsals, scripts, rows = usualRows } = options
        const task = { migration, inputs, rows, rehearsals, ...(scripts === undefined ? {} : { scripts }) }
        const proof = await proveMigration(walk, task)
        writeProofFile(migration.directory, renderProof(proof))
        verified.push(describe(migration, proof, Math.round(clock() - started)))
        done++
        tell(migration.name)
      }
      return { verified }
    } catch (error) {
      if (!isFailure(error) || signal?.aborted === true) throw error
      return { verified, stopped: { position: current, reason: error } }
    }
  }
  const results = await allOrFirstError(shares(positions, options.workers ?? 2).map(prove))
  const migrations = results.flatMap(({ verified }) => verified)
  const [stopped] = results.flatMap((result) => (result.stopped === undefined ? [] : [result.stopped]))
  return {
    migrations,
    summary: countVerdicts(migrations),
    ...(stopped === undefined ? {} : { stopped: describeStop(history, stopped) }),
    ms: Math.round(clock() - begin),
  }
}

/** Waits for all, also where one fails: none may be at work any more when the rehearsals are closed. */
async function allOrFirstError<Result>(work: readonly Promise<Result>[]): Promise<readonly Result[]> {
  const settled = await Promise.allSettled(work)
  const failed = settled.find((one) => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason as Error
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

interface WorkerResult {
  readonly verified: readonly VerifiedMigration[]
  readonly stopped?: { readonly position: number; readonly reason: Failure }
}

function describe(migration: Migration, proof: Proof, ms: number): VerifiedMigration {
  const { verdict, losses, reasons, hazards, volatile, notes } = proof
  return {
    name: migration.name,
    verdict,
    losses,
    ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }),
    breaking: hazards.filter(({ outcome }) => outcome === 'breaks'),
    volatile,
    notes,
    unaccepted: aspectsBeyond(proof, migration),
    ms,
  }
}

function describeStop(
  history: readonly Migration[],
  { position, reason }: NonNullable<WorkerResult['stopped']>,
): NonNullable<Verification['stopped']> {
  return { migration: history[position]?.name ?? '', reason }
}

/** Neighbours stay together: each worker replays what lies before its own part. */
function shares(positions: readonly number[], workers: number): readonly (readonly number[])[] {
  const size = Math.ceil(positions.length / Math.max(1, workers))
  if (size === 0) return []
  const parts = Math.ceil(positions.length / size)
  return Array.from({ length: parts }, (_, at) => positions.slice(at * size, (at + 1) * size))
}

function countVerdicts(migrations: readonly VerifiedMigration[]): Readonly<Record<Verdict, number>> {
  const count = (wanted: Verdict): number => migrations.filter(({ verdict }) => verdict === wanted).length
  return { exact: count('exact'), lossy: count('lossy'), irreversible: count('irreversible'), fails: count('fails') }
}
