import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'

/** A project whose schema and history are tried. */
export interface PrismaFolder {
  readonly name: string
  /** Absolute: the folder with its schema and its migrations. */
  readonly prisma: string
}

/**
 * The real projects that `TIDE_CORPORA` leads to, and this repository's own as the last.
 * @param only parts of names; empty: all of them
 */
export async function findPrismaFolders(root: string, only: readonly string[]): Promise<readonly PrismaFolder[]> {
  const corpora = process.env['TIDE_CORPORA'] ?? join(root, '../shared/corpora')
  const names = existsSync(corpora)
    ? (await readdir(corpora)).filter((name) => existsSync(join(corpora, name, 'prisma/migrations')))
    : []
  return [
    ...names.sort().map((name) => ({ name: name.replace('__', '/'), prisma: join(corpora, name, 'prisma') })),
    { name: 'the reference project', prisma: join(root, 'prisma') },
  ].filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)))
}
