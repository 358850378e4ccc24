import { execFile } from 'node:child_process'
import { chown, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { diskFull, startFailed } from './errors.ts'
import type { Binaries } from './locate-binaries.ts'
import { errorCode, serverEnvironment, type SystemUser } from './machine.ts'
import { reachableName } from './reach.ts'
import type { ServerFiles } from './server-files.ts'
import { newPassword, writeServerState } from './server-state.ts'

/**
 * Makes the data folder, about 0.8 s. It is made under another name and appears in one step, complete: a command that
 * is killed on the way leaves nothing that the next one could take for a database. Whoever calls holds the lock.
 * @throws EMBEDDED_START, EMBEDDED_DISK_FULL
 */
export async function initialiseData(
  files: ServerFiles,
  binaries: Binaries,
  user: SystemUser | undefined,
  port: number,
): Promise<void> {
  await removeUnfinished(files)
  const draft = await mkdtemp(files.unfinished)
  const data = join(draft, 'data')
  const passwordFile = join(draft, 'password')
  const password = newPassword()
  try {
    await mkdir(data, { mode: 0o700 })
    await writeFile(passwordFile, password, { mode: 0o600 })
    for (const path of [draft, data, passwordFile]) if (user !== undefined) await chown(path, user.uid, user.gid)
    await runInitdb(files, binaries, user, data)
    await writeServerState(data, { port, password })
    await rename(data, files.data)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/**
 * Removes data folders in the making that killed commands left. An initdb that was left with one may still write into
 * it; it then fails by itself, and its folder goes another time. Whoever calls holds the lock.
 */
export async function removeUnfinished(files: ServerFiles): Promise<void> {
  for (const name of await readdir(files.directory)) {
    const path = join(files.directory, name)
    if (path.startsWith(files.unfinished)) await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}

/**
 * - The built-in locale C.UTF-8 sorts by code point and knows the letters of every language, alike on every system.
 * - `--no-sync`: nothing is lost when a data folder that is not yet in use vanishes in a power cut.
 * - One SCRAM iteration: stretching protects passwords that can be guessed; this one has 144 random bits, and
 *   every connection would pay for it (6 ms).
 */
const initdbOptions = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-sync',
  '--no-instructions',
  '--set=scram_iterations=1',
]

async function runInitdb(
  files: ServerFiles,
  binaries: Binaries,
  user: SystemUser | undefined,
  data: string,
): Promise<void> {
  const name = reachableName(data, user)
  const options = [`--pgdata=${name}`, `--pwfile=${name}/../password`, ...initdbOptions]
  const outcome = await run(binaries.initdb, options, { cwd: data, env: serverEnvironment(), ...user })
  if (outcome === undefined) return
  if (outcome.output.includes('No space left on device')) throw diskFull(files.directory)
  throw startFailed('initdb', lastLines(outcome.output) || `It could not be run (${outcome.code}).`, 'not yet begun')
}

function run(
  program: string,
  options: readonly string[],
  how: { cwd: string; env: Readonly<Record<string, string>> },
): Promise<{ output: string; code: string } | undefined> {
  return new Promise((resolve) => {
    execFile(program, options, how, (error, _stdout, stderr) => {
      resolve(error === null ? undefined : { output: stderr, code: errorCode(error) })
    })
  })
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' ')
}
