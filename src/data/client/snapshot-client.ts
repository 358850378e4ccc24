import { join } from 'node:path'
import { clientUnavailable } from '../errors.ts'
import { isFailure, withCause } from '../../errors/failure.ts'
import { generateSnapshotClient } from '../../prisma/generate-snapshot-client.ts'
import type { PrismaClientClass } from '../../prisma/client-on-connection.ts'
import { importScript } from '../../project/scripts/load-script.ts'
import { readScript } from '../../project/scripts/script.ts'
import type { ScriptPlace } from '../../project/scripts/script-place.ts'
import { ensureGenerated, readSnapshot } from '../../project/scripts/snapshot.ts'

/** Goes up when another client is generated from the same schema. */
const clientVersion = '1'

/**
 * Generates the client of the schema beside a data step, where it is missing or old.
 * @returns its folder; undefined where no schema stands there
 * @throws PRISMA_SCHEMA_INVALID, PRISMA_GENERATE_FAILED
 */
export async function ensureSnapshotClient(directory: string): Promise<string | undefined> {
  const snapshot = readSnapshot(directory)
  if (snapshot === undefined) return undefined
  await ensureGenerated(directory, snapshot, clientVersion, generateSnapshotClient)
  return join(directory, 'client')
}

/**
 * The class of the client of that moment, loaded.
 * @throws DATA_CLIENT_UNAVAILABLE, PRISMA_*
 */
export async function loadSnapshotClient(
  step: { readonly migration: string; readonly directory: string },
  place: ScriptPlace,
): Promise<PrismaClientClass> {
  const folder = await ensureSnapshotClient(step.directory)
  if (folder === undefined) throw clientUnavailable(step.migration, 'No schema.prisma stands beside data.ts.')
  try {
    const { PrismaClient } = await importScript(readScript(join(folder, 'client.ts')), place)
    if (typeof PrismaClient !== 'function') throw clientUnavailable(step.migration, 'What was generated exports no PrismaClient.')
    return PrismaClient as PrismaClientClass
  } catch (error) {
    if (!isFailure(error)) throw error
    throw withCause(clientUnavailable(step.migration, error.details.why ?? error.message), error)
  }
}
