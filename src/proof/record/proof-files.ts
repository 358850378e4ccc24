import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { proofUnwritable } from '../errors.ts'

/** Beside `migration.sql`. */
export const proofFile = 'proof.json'

/** The text of a migration's proof; undefined where there is none. */
export function readProofFile(directory: string): string | undefined {
  const path = join(directory, proofFile)
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path, 'utf8') : undefined
}

/**
 * Writes a migration's proof.
 * @returns its path
 * @throws PROOF_UNWRITABLE
 */
export function writeProofFile(directory: string, text: string): string {
  const path = join(directory, proofFile)
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw proofUnwritable(path, error instanceof Error ? error.message : String(error))
  }
  return path
}

/** The text of a migration's data step; empty where there is none. */
export function readDataStep(directory: string): string {
  const file = ['data.ts', 'data.sql'].map((name) => join(directory, name)).find((path) => existsSync(path))
  return file === undefined ? '' : readFileSync(file, 'utf8')
}
