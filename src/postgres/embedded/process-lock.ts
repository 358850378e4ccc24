import { randomBytes } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Failure, isFailure } from '../../errors/failure.ts'
import { errorCode, isSameProcess, machineName, ownPid, startOf } from './machine.ts'

/** What one process of this machine at a time may do. */
export interface ProcessLock {
  /** Where the claims are written: it must be there. */
  readonly directory: string
  /** What their files are called, before the number of the process. */
  readonly name: string
  /** How long a living holder is waited for. */
  readonly waitSeconds: number
  /** True where the function runs all the same if no claim can be written: it will say itself what cannot be. */
  readonly isOptional?: boolean
  /** What is thrown then; `holder` is it in words. */
  readonly refuse: (file: string, holder: string, seconds: number) => Failure
}

interface Claim {
  readonly pid: number
  readonly start: string
  readonly machine: string
}

/**
 * Runs a function while no other process of this machine runs one under the same lock.
 *
 * Each contender writes a claim under a name of its own, and only then looks for others: whoever sees no other
 * living claim holds the lock; whoever sees one takes its own back. Of two that write at the same moment at least
 * one sees the other. No name is used twice, so that a claim left by a dead process can be deleted by anybody.
 * @throws what the lock refuses with
 */
export async function withProcessLock<Result>(lock: ProcessLock, use: () => Promise<Result>): Promise<Result> {
  const release = await acquire(lock).catch((error: unknown) => {
    if (lock.isOptional !== true || isFailure(error)) throw error
    return () => Promise.resolve()
  })
  try {
    return await use()
  } finally {
    await release()
  }
}

async function acquire({ directory, name, waitSeconds, refuse }: ProcessLock): Promise<() => Promise<void>> {
  const claims = { directory, prefix: `${name}.` }
  const own = `${name}.${String(ownPid)}-${randomBytes(4).toString('hex')}`
  const deadline = performance.now() + waitSeconds * 1000
  for (;;) {
    const before = await livingClaim(claims, own)
    if (before === undefined) {
      await writeClaim(directory, own)
      if ((await livingClaim(claims, own)) === undefined) return () => rm(join(directory, own), { force: true })
      await rm(join(directory, own), { force: true })
    }
    if (before !== undefined && performance.now() > deadline) throw refuse(before.file, before.holder, waitSeconds)
    await pause(5 + (randomBytes(1)[0] ?? 0) / 16)
  }
}

/** Appears under its name only when it is complete, so that nobody takes a half-written claim for a dead one. */
async function writeClaim(directory: string, name: string): Promise<void> {
  const claim: Claim = { pid: ownPid, start: startOf(ownPid) ?? '', machine: machineName() }
  const draft = join(directory, `new-${name}`)
  await writeFile(draft, JSON.stringify(claim))
  await rename(draft, join(directory, name))
}

async function livingClaim(
  { directory, prefix }: { readonly directory: string; readonly prefix: string },
  own: string,
): Promise<{ readonly file: string; readonly holder: string } | undefined> {
  for (const name of await readdir(directory)) {
    if (!name.startsWith(prefix) || name === own) continue
    const file = join(directory, name)
    const claim = await readClaim(file)
    if (claim === undefined) continue
    if (claim.machine !== machineName()) return { file, holder: `process ${String(claim.pid)} on another machine` }
    if (isSameProcess(claim.pid, claim.start)) return { file, holder: `process ${String(claim.pid)}` }
    await rm(file, { force: true })
  }
  return undefined
}

async function readClaim(file: string): Promise<Claim | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Claim // Only `writeClaim` makes these files.
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
