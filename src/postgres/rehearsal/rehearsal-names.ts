import { createHash, randomBytes } from 'node:crypto'
import { isSameProcess, machineName, ownPid, startOf } from '../embedded/machine.ts'

/** What the name of a rehearsal says about who made it, and when. */
export interface RehearsalOwner {
  /** `MACHINE_PID_START`: names one process for ever; also the end of its session's application name. */
  readonly tag: string
  /** Seconds since 1970 by the server's clock. */
  readonly since: number
  /** Whether the process still runs; unknown where it ran on another machine. */
  readonly life: 'alive' | 'dead' | 'unknown'
}

/** How the names of all rehearsals begin, of whatever project. */
export const rehearsalPrefix = 'tide_reh_'

/** The database that keeps the end of a history prefix: 80 bits of its key are enough to tell it apart. */
export function templateName(namespace: string, key: string): string {
  return `${templatePrefix(namespace)}${key.slice(0, 20)}`
}

/** How the templates of one project begin. */
export function templatePrefix(namespace: string): string {
  return `tide_tpl_${namespace.slice(0, 8)}_`
}

/** The namespace of a project's kept results of seeding; no hash begins with this letter, so they are told apart. */
export function resultsNamespace(namespace: string): string {
  return `s${namespace}`
}

/** How the kept results of all projects begin. */
export const resultsPrefix = 'tide_tpl_s'

/**
 * A new name for a rehearsal of this process. The owner is in the name, so that there is no moment in which a
 * rehearsal exists and nobody knows whose it is. 53 bytes at most.
 * @param now seconds since 1970 by the server's clock
 */
export function newRehearsalName(namespace: string, now: number): string {
  const parts = [namespace.slice(0, 8), ownerTag(), now.toString(36), randomBytes(4).toString('hex')]
  return `${rehearsalPrefix}${parts.join('_')}`
}

/** This process in a name. */
export function ownerTag(): string {
  return [digest(machineName()), ownPid.toString(36), digest(startOf(ownPid) ?? '')].join('_')
}

/** Reads whose a rehearsal is; undefined where the name is not one that `newRehearsalName` makes. */
export function readRehearsalOwner(name: string): RehearsalOwner | undefined {
  const match = /^tide_reh_[^_]+_(([0-9a-f]{6})_([0-9a-z]+)_([0-9a-f]{6}))_([0-9a-z]+)_[0-9a-f]{8}$/.exec(name)
  if (match === null) return undefined
  const [, tag = '', machine = '', pid = '', start = '', since = ''] = match
  return { tag, since: parseInt(since, 36), life: lifeOf(machine, parseInt(pid, 36), start) }
}

function lifeOf(machine: string, pid: number, startDigest: string): RehearsalOwner['life'] {
  if (machine !== digest(machineName())) return 'unknown'
  const start = startOf(pid)
  return start !== undefined && digest(start) === startDigest && isSameProcess(pid, start) ? 'alive' : 'dead'
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6)
}
