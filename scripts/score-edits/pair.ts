import { createReadStream, existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { join } from 'node:path'
import xz from 'xz-decompress'

/** A schema edit that a real project made, with the migration its authors committed for it. */
export interface Pair {
  /** The project, as `owner/name`. */
  readonly project: string
  readonly migration: string
  readonly before: string
  readonly after: string
  /** As committed. */
  readonly sql: string
  /** What Prisma 6.19.3 makes of before → after; '' where it rejects one of them or the schema did not change. */
  readonly generated: string
  /** How `sql` and `generated` compare, by whoever collected the pairs. */
  readonly verdict: string
}

/** The folders of the corpora: each holds `pairs.jsonl.xz` and the history it was taken from. */
export async function corpusFolders(corpora: string): Promise<readonly string[]> {
  if (!existsSync(corpora)) return []
  const names = await readdir(corpora)
  return names
    .map((name) => join(corpora, name))
    .filter((folder) => existsSync(join(folder, 'pairs.jsonl.xz')))
    .sort()
}

/** The edits of one project, in the order of its history. */
export async function readPairs(folder: string): Promise<readonly Pair[]> {
  const file = createReadStream(join(folder, 'pairs.jsonl.xz'))
  const lines = await text(new xz.XzReadableStream(Readable.toWeb(file)))
  const project = (folder.split('/').at(-1) ?? folder).replace('__', '/')
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => toPair(project, JSON.parse(line) as StoredPair))
}

interface StoredPair {
  readonly migration: string
  readonly before: string | null
  readonly after: string | null
  readonly sql: string
  readonly generated: string | null
  readonly verdict: string
}

function toPair(project: string, stored: StoredPair): Pair {
  return {
    project,
    migration: stored.migration,
    before: stored.before ?? '',
    after: stored.after ?? '',
    sql: stored.sql,
    generated: stored.generated ?? '',
    verdict: stored.verdict,
  }
}
