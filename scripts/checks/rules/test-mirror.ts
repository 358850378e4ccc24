import { dirname } from 'node:path'
import type { Rule } from '../rule.ts'
import { sourceFiles } from '../source-files.ts'

/** A test is found where its subject is: the folders under test/ are those under src/. */
export const rule: Rule = {
  name: 'test-mirror',
  ensures: 'every test of an area stands in the folder of what it tests',
  find: async (root) => {
    const sources = (await sourceFiles(root, 'src', ['.ts'])).map(({ path }) => path)
    const tests = (await sourceFiles(root, 'test', ['.test.ts'])).map(({ path }) => path)
    const areas = new Set(sources.map((path) => path.split('/')[1]))
    return tests
      .filter((path) => areas.has(path.split('/')[1]))
      .map((path) => ({ path, mirrored: `src/${dirname(path).slice('test/'.length)}` }))
      .filter(({ mirrored }) => !sources.some((source) => source.startsWith(`${mirrored}/`)))
      .map(({ path, mirrored }) => `${path}: there is no ${mirrored}`)
  },
}
