import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { directoryUnusable } from './errors.ts'
import { commandLineOf, errorCode } from './machine.ts'
import { serverMarks } from './server-files.ts'

/** What a data folder's `postmaster.pid` says, checked against the process it names. */
export type Postmaster =
  | { readonly state: 'starting' | 'ready' | 'stopping'; readonly pid: number; readonly port: number }
  /** No file, or the file of a process that is gone. */
  | { readonly state: 'gone' }
  /** The file names a process that is not this server: the number was used again, or it is dead and unburied. */
  | { readonly state: 'reused'; readonly pid: number }

/**
 * Finds the server process of a data folder, in well under a millisecond where it runs.
 * @throws EMBEDDED_DIRECTORY
 */
export async function findPostmaster(data: string): Promise<Postmaster> {
  const text = await readPidFile(data)
  if (text === undefined) return { state: 'gone' }
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return { state: 'gone' }
  const commandLine = commandLineOf(pid)
  if (commandLine === undefined) return { state: 'gone' }
  if (!serverMarks(data).parts.some((part) => commandLine.includes(`-${part}`))) return { state: 'reused', pid }
  return { state: stateOf(lines[7]), pid, port: Number(lines[3]) }
}

/** The eighth line, padded with spaces; it is not yet there at the very beginning. */
function stateOf(line: string | undefined): 'starting' | 'ready' | 'stopping' {
  const word = line?.trim()
  return word === 'ready' || word === 'stopping' ? word : 'starting'
}

async function readPidFile(data: string): Promise<string | undefined> {
  const file = join(data, 'postmaster.pid')
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined
    throw directoryUnusable(data, `This user may not read ${file}.`)
  }
}
