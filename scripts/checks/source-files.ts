import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** A text file, its path relative to the repository and with forward slashes. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

const notOurs = new Set(['node_modules', 'dist', '.git', '.tide', 'coverage', 'generated'])

/** The files under a folder whose name ends in one of the endings, sorted; none where the folder is missing. */
export async function sourceFiles(
  root: string,
  folder: string,
  endings: readonly string[],
): Promise<readonly SourceFile[]> {
  const found: string[] = []
  await collect(join(root, folder), endings, found)
  const paths = found.toSorted()
  return Promise.all(
    paths.map(async (path) => ({
      path: relative(root, path).split(sep).join('/'),
      text: await readFile(path, 'utf8'),
    })),
  )
}

/** The text of a file; empty where it is missing, so that the rule itself says what lacks. */
export async function readText(root: string, path: string): Promise<string> {
  try {
    return await readFile(join(root, path), 'utf8')
  } catch {
    return ''
  }
}

async function collect(folder: string, endings: readonly string[], found: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !notOurs.has(entry.name)) await collect(path, endings, found)
    else if (entry.isFile() && endings.some((ending) => entry.name.endsWith(ending))) found.push(path)
  }
}
