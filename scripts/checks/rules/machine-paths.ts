import type { Rule } from '../rule.ts'
import { readText, sourceFiles } from '../source-files.ts'

/** The repository works wherever it is cloned, and downloads from whatever registry npm is set to. */
export const rule: Rule = {
  name: 'machine-paths',
  ensures: 'no file holds a path of one machine, and the lock file names no registry',
  find: async (root) => [...(await paths(root)), ...hosts(await readText(root, 'package-lock.json'))],
}

const endings = ['.ts', '.js', '.mjs', '.json', '.jsonc', '.md', '.sql', '.prisma', '.toml', '.yml', '.csv', 'run']

/** Folders in which a checkout or a home stands; `/home/me` is anybody's, in examples. */
const ownPath = /(?<![\w.~)}-])\/(?:work|home|Users|root)\/(?!me\b)[\w.-]+/g

async function paths(root: string): Promise<readonly string[]> {
  const files = await sourceFiles(root, '.', endings)
  return files
    .filter(({ path }) => path !== 'package-lock.json')
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, at) => (line.match(ownPath) ?? []).map((found) => `${path}:${at + 1}: ${found}`)),
    )
}

function hosts(lock: string): readonly string[] {
  if (lock === '') return []
  const { packages = {} } = JSON.parse(lock) as { packages?: Readonly<Record<string, { resolved?: string }>> }
  return Object.entries(packages)
    .filter(([, { resolved }]) => resolved !== undefined && /^https?:/.test(resolved))
    .map(([name]) => `package-lock.json: ${name} names the registry that it came from`)
}
