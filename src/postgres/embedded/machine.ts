// The port to the machine: everything the embedded server must know of processes and users.
import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import process from 'node:process'

/** Who a program runs as. */
export interface SystemUser {
  readonly uid: number
  readonly gid: number
}

/** The process of this command. */
export const ownPid = process.pid

/** `linux-x64`, `darwin-arm64`, …: how the packages with the binaries are named. */
export const platformName = `${process.platform}-${process.arch}`

/** `/proc` is there: paths that need no search permission, and exact facts on processes. */
const isLinux = process.platform === 'linux'

/** The user of this command; undefined where the system has no user numbers (Windows). */
export function ownUser(): SystemUser | undefined {
  const uid = process.getuid?.()
  const gid = process.getgid?.()
  return uid === undefined || gid === undefined ? undefined : { uid, gid }
}

/**
 * The environment of initdb and postgres: nothing of the user's (`PGPORT`, `PGDATA`, `TZ`, a locale) may leak in,
 * so that the server is the same on every machine. Its time zone is UTC.
 */
export function serverEnvironment(): Readonly<Record<string, string>> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C' }
}

/** True while a process with this number runs, whoever owns it. One that ended and that nobody has buried does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return statOf(pid)?.[0] !== 'Z'
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** Sends a signal. @throws the system's error, such as EPERM or ESRCH */
export function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  process.kill(pid, name)
}

/**
 * When a process started, as text that is only good for comparing: with the pid it names one process for ever,
 * also after the number is used again or the machine restarted. Undefined where there is no such process.
 */
export function startOf(pid: number): string | undefined {
  if (!isLinux) return askPs(pid, 'lstart=')
  const ticks = statOf(pid)?.[19]
  return ticks === undefined ? undefined : `${bootName()}-${ticks}`
}

/** True while the very process runs that had this pid and this start (`startOf`). */
export function isSameProcess(pid: number, start: string): boolean {
  return isAlive(pid) && startOf(pid) === start
}

/** The command line of a process, arguments parted by spaces; undefined where there is no such process. */
export function commandLineOf(pid: number): string | undefined {
  if (!isLinux) return askPs(pid, 'command=')
  return readOrNothing(`/proc/${String(pid)}/cmdline`)?.replaceAll('\0', ' ')
}

/** Where process numbers mean the same: the host's name and, in a container, its own numbering. */
export function machineName(): string {
  return isLinux ? `${hostname()} ${linkOrNothing('/proc/self/ns/pid')}` : hostname()
}

/** The `code` of a system error, or the empty text. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function askPs(pid: number, column: string): string | undefined {
  try {
    const answer = execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] })
    return answer.toString('utf8').trim() || undefined
  } catch {
    return undefined
  }
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** The fields of `/proc/PID/stat` from the third on (state; the 20th of these is the start). */
function statOf(pid: number): readonly string[] | undefined {
  const stat = readOrNothing(`/proc/${String(pid)}/stat`)
  // The second field is the program's name in parentheses and may hold anything.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function bootName(): string {
  return readOrNothing('/proc/sys/kernel/random/boot_id')?.slice(0, 8) ?? ''
}

function linkOrNothing(file: string): string {
  try {
    return readlinkSync(file)
  } catch {
    return ''
  }
}
