import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { stopFailed } from './errors.ts'
import { explainingFileErrors } from './explaining-file-errors.ts'
import { errorCode, isAlive, signal } from './machine.ts'
import { findPostmaster } from './postmaster.ts'
import { serverFiles } from './server-files.ts'
import { withServerLock } from './server-lock.ts'

const patienceMs = 30_000

/**
 * Stops the embedded server of a project: sessions are ended, data is written, then it waits until it is gone.
 * @returns false where it did not run
 * @throws EMBEDDED_STOP, EMBEDDED_DIRECTORY, EMBEDDED_LOCKED
 */
export async function stopEmbeddedServer(options: { readonly directory: string }): Promise<boolean> {
  const files = serverFiles(resolve(options.directory))
  const { state } = await findPostmaster(files.data)
  if (state === 'gone' || state === 'reused') return false
  return explainingFileErrors(files.directory, () =>
    withServerLock(files.directory, () => stopPostmaster(files.data)),
  )
}

/** Stops what runs for a data folder. Whoever calls holds the lock. @returns false where nothing ran */
export async function stopPostmaster(data: string): Promise<boolean> {
  const postmaster = await findPostmaster(data)
  if (postmaster.state === 'gone' || postmaster.state === 'reused') return false
  try {
    if (postmaster.state !== 'stopping') signal(postmaster.pid, 'SIGINT')
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw stopFailed(postmaster.pid, `Signalling it failed: ${errorCode(error)}`)
  }
  await waitForEnd(postmaster.pid)
  return true
}

/**
 * Waits until a server that is starting or stopping is one or the other, and stops one that serves another port than
 * the configuration fixes. Whoever calls holds the lock.
 */
export async function settlePostmaster(data: string, fixedPort: number | undefined): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const postmaster = await findPostmaster(data)
    if (postmaster.state === 'gone' || postmaster.state === 'reused') return
    if (postmaster.state === 'stopping') return waitForEnd(postmaster.pid)
    if (postmaster.state === 'ready') {
      if (fixedPort !== undefined && fixedPort !== postmaster.port) await stopPostmaster(data)
      return
    }
    if (performance.now() > deadline) throw stopFailed(postmaster.pid, 'It has been starting for more than 30 s.')
    await pause(5)
  }
}

async function waitForEnd(pid: number): Promise<void> {
  const deadline = performance.now() + patienceMs
  while (isAlive(pid)) {
    if (performance.now() > deadline) throw stopFailed(pid, 'It has been stopping for more than 30 s.')
    await pause(5)
  }
}
