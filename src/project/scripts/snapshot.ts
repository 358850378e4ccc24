import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileUnreadable } from '../errors.ts'
import { withCause } from '../../errors/failure.ts'

/** The schema beside a script: that of the moment for which it was written. */
export interface Snapshot {
  /** Absolute. */
  readonly file: string
  readonly text: string
}

/**
 * The names that a snapshot may have. The second is for projects whose history stands inside the folder of the schema:
 * Prisma takes every `.prisma` file below it for a part of the schema.
 */
export const snapshotNames = ['schema.prisma', 'schema.prisma.txt'] as const

/** The snapshot in a folder; undefined where there is none. */
export function readSnapshot(directory: string): Snapshot | undefined {
  const name = snapshotNames.find((one) => existsSync(join(directory, one)))
  if (name === undefined) return undefined
  const file = join(directory, name)
  try {
    return { file, text: readFileSync(file, 'utf8') }
  } catch (error) {
    throw withCause(fileUnreadable(file, error instanceof Error ? error.message : String(error)), error)
  }
}

/**
 * Makes sure of what is generated from a snapshot into the folder `client` beside it, which tells git to leave it
 * alone.
 * @param version another version of what is generated
 * @returns true where it was generated; false where it was there
 */
export async function ensureGenerated(
  directory: string,
  snapshot: Snapshot,
  version: string,
  generate: (directory: string, text: string) => Promise<void>,
): Promise<boolean> {
  const folder = join(directory, 'client')
  const mark = join(folder, '.made-from')
  const wanted = createHash('sha256').update(`${version}\0${snapshot.text}`).digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return false
  await generate(directory, snapshot.text)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, '.gitignore'), '*\n')
  writeFileSync(mark, wanted)
  return true
}
