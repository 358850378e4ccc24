import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the real projects are: `TIDE_CORPORA`, or beside the checkout. `undefined` where there are none. */
const corpora = [process.env['TIDE_CORPORA'], fileURLToPath(new URL('../../../shared/corpora', import.meta.url))]
  .map((folder) => (folder === undefined ? '' : resolve(folder)))
  .find((folder) => folder !== '' && existsSync(folder))

/** The real projects, each a folder with `prisma/schema.prisma` and `prisma/migrations`. */
export const corpusNames: readonly string[] =
  corpora === undefined ? [] : readdirSync(corpora).filter((name) => existsSync(join(corpora, name, 'prisma', 'migrations')))

/** The folder of one real project. */
export function corpusFolder(name: string): string {
  return join(corpora ?? '', name)
}

/** Said where tests are skipped. */
export const corporaReason = 'the real projects are not on this machine (TIDE_CORPORA)'
