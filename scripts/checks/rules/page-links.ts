import { access } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import type { Rule } from '../rule.ts'
import { type SourceFile, sourceFiles } from '../source-files.ts'

/** A page leads to pages that are there. */
export const rule: Rule = {
  name: 'page-links',
  ensures: 'every relative link of a page leads to a file',
  find: async (root) => (await Promise.all((await pages(root)).map((page) => broken(root, page)))).flat(),
}

async function pages(root: string): Promise<readonly SourceFile[]> {
  return (await sourceFiles(root, '.', ['.md'])).filter(({ path }) => !path.startsWith('test/'))
}

async function broken(root: string, page: SourceFile): Promise<readonly string[]> {
  const targets = [...page.text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ''))
  const found = await Promise.all(
    targets.map(async (target) => {
      const path = normalize(join(dirname(page.path), target))
      const isThere = await access(join(root, path)).then(() => true, () => false)
      return isThere ? [] : [`${page.path}: ${target} is not there`]
    }),
  )
  return found.flat()
}
