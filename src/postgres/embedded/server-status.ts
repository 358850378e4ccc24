import { resolve } from 'node:path'
import type { DatabaseUrl } from '../database-url.ts'
import { findPostmaster } from './postmaster.ts'
import { serverFiles } from './server-files.ts'
import { readServerState, serverUrl } from './server-state.ts'

/** What is known of a project's embedded server without touching it. */
export interface EmbeddedServerStatus {
  readonly running: boolean
  /** The port it serves, or the one it will try first; undefined before the first start. */
  readonly port?: number
  readonly pid?: number
  /** Its maintenance database; only while it runs. */
  readonly url?: DatabaseUrl
  readonly dataDirectory: string
  readonly log: string
}

/**
 * Reads whether the embedded server runs.
 * @throws EMBEDDED_DIRECTORY, EMBEDDED_DATA
 */
export async function embeddedServerStatus(options: { readonly directory: string }): Promise<EmbeddedServerStatus> {
  const files = serverFiles(resolve(options.directory))
  const place = { dataDirectory: files.data, log: files.log }
  const postmaster = await findPostmaster(files.data)
  const state = await readServerState(files.data)
  if (postmaster.state === 'ready') {
    const { port, pid } = postmaster
    return { running: true, port, pid, ...(state && { url: serverUrl({ ...state, port }) }), ...place }
  }
  return { running: false, ...(state && { port: state.port }), ...place }
}
