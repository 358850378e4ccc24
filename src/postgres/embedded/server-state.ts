import { randomBytes } from 'node:crypto'
import { chown, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseUrl } from '../database-url.ts'
import { dataUnusable, directoryUnusable } from './errors.ts'
import { errorCode, ownPid, ownUser } from './machine.ts'

/** What Tide must know of its server, kept in `tide.json` of the data folder, readable by its owner alone. */
export interface ServerState {
  /** Used again at every start, so that a URL once copied stays true. */
  readonly port: number
  readonly password: string
}

/** A password that nobody needs to type. */
export function newPassword(): string {
  return randomBytes(18).toString('base64url')
}

/**
 * Reads the state of a data folder; undefined where there is no data folder.
 * @throws EMBEDDED_DATA, EMBEDDED_DIRECTORY
 */
export async function readServerState(data: string): Promise<ServerState | undefined> {
  const file = join(data, 'tide.json')
  try {
    return parseState(await readFile(file, 'utf8'), data)
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined
    if (errorCode(error) === 'EACCES') throw directoryUnusable(data, `This user may not read ${file}.`)
    throw error
  }
}

/** The server's maintenance database, with the superuser and its password. */
export function serverUrl({ port, password }: ServerState): DatabaseUrl {
  const place = { host: '127.0.0.1', port, user: 'postgres', database: 'postgres', schema: 'public' }
  return new DatabaseUrl(place, `postgresql://postgres:${password}@127.0.0.1:${String(port)}/postgres`)
}

/** Writes the state, in one step, as the file of whoever owns the data folder. */
export async function writeServerState(data: string, state: ServerState): Promise<void> {
  const draft = join(data, `tide.json.${String(ownPid)}`)
  await writeFile(draft, `${JSON.stringify(state)}\n`, { mode: 0o600 })
  if (ownUser()?.uid === 0) {
    const owner = await stat(data)
    await chown(draft, owner.uid, owner.gid)
  }
  await rename(draft, join(data, 'tide.json'))
}

function parseState(text: string, data: string): ServerState {
  const value = parseJson(text)
  if (typeof value === 'object' && value !== null && 'port' in value && 'password' in value) {
    const { port, password } = value
    if (Number.isInteger(port) && typeof password === 'string') return { port: Number(port), password }
  }
  throw dataUnusable(data, 'its file tide.json, which holds the port and the password, is damaged.')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
