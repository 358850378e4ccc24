import type { Rule } from '../rule.ts'
import { sourceFiles } from '../source-files.ts'

/** A test is found where its subject is: test/ mirrors src/ path for path. */
export const rule: Rule = {
  name: 'test-mirror',
  ensures: 'every test of an area stands at the path of the file it tests',
  find: async (root) => {
    const sources = (await sourceFiles(root, 'src', ['.ts'])).map(({ path }) => path)
    const tests = (await sourceFiles(root, 'test', ['.test.ts'])).map(({ path }) => path)
    const folders = new Set(sources.map((path) => path.split('/')[1]))
    return tests
      .filter((path) => folders.has(path.split('/')[1]))
      .filter((path) => !mirrors(path, sources))
      .map((path) => `${path}: src has no ${subject(path)}.ts and no folder of that name`)
  },
}

/** The test of a file, or of a folder as a whole. */
function mirrors(test: string, sources: readonly string[]): boolean {
  const path = `src/${subject(test)}`
  return sources.some((source) => source === `${path}.ts` || source.startsWith(`${path}/`))
}

function subject(test: string): string {
  return test.slice('test/'.length, -'.test.ts'.length)
}
