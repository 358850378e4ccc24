import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkScript } from '../../../src/project/scripts/check-script.ts'
import { loadScript } from '../../../src/project/scripts/load-script.ts'
import { readScript } from '../../../src/project/scripts/script.ts'
import { failureOf } from '../../support/failure.ts'
import { createFolder, writeFiles } from '../../support/files.ts'

const wanted = { name: 'data', maker: 'defineData' }
const step = (up: string): string => `import { defineData } from 'prisma-tide'
import { word } from './words'
export default defineData({
  description: word,
  table: 'User',
  up: ${up},
  down: { reason: 'no' },
  check: 'SELECT 1 WHERE false',
})
`

const place = (files: Readonly<Record<string, string>>) => {
  const directory = createFolder(files)
  const open = () => readScript(join(directory, 'step/data.ts'))
  return { directory, open, place: { directory, stateDirectory: join(directory, '.tide') } }
}

describe('a script', () => {
  it('is checked with what it imports, and then run, from a package of either kind', async () => {
    const good = place({
      'step/data.ts': step('(batch) => `DELETE FROM "User" WHERE ${batch()}`'),
      'step/words.ts': `import { name } from '~/names'\nexport const word: string = name`,
      'names.ts': `export const name = 'a word'`,
      'tsconfig.json': `{ "compilerOptions": { "strict": false, "paths": { "~/names": ["./names.ts"] } } } // comment`,
    })
    const script = good.open()
    expect(script.sources.map(({ path }) => path)).toEqual(['data.ts', 'words.ts'].map((name) => join(good.directory, 'step', name)))
    await checkScript(script, good.place)
    expect(await loadScript(script, good.place, wanted)).toMatchObject({ description: 'a word', table: 'User' })

    writeFiles(good.directory, { 'package.json': '{ "type": "module" }', 'step/words.ts': `export const word = 'another'` })
    const changed = good.open()
    expect(changed.hash).not.toBe(script.hash)
    expect(await loadScript(changed, good.place, wanted)).toMatchObject({ description: 'another', table: 'User' })

    writeFiles(good.directory, {
      'step/data.ts': step('(batch) => batch(1)'),
      'step/words.ts': 'export const word: string = 7',
    })
    const failure = await failureOf(() => checkScript(good.open(), good.place))
    expect(failure).toMatchObject({
      code: 'PROJECT_SCRIPT_TYPES',
      details: {
        where: { file: 'step/data.ts', line: 6, column: 24 },
        meta: { problems: [{ code: 'TS2345' }, { file: 'step/words.ts', line: 1, column: 14, code: 'TS2322' }] },
      },
    })
    expect(failure.details.where?.excerpt).toContain('(batch) => batch(1)')
  })

  it('that throws, or exports nothing of the kind, says so', async () => {
    const bad = place({ 'step/data.ts': `const list: string[] = []\nexport const other = list[0]!.length` })
    expect(await failureOf(() => loadScript(bad.open(), bad.place, wanted))).toMatchObject({
      code: 'PROJECT_SCRIPT_UNLOADABLE',
      details: { where: { file: 'step/data.ts' } },
    })
    writeFiles(bad.directory, { 'step/data.ts': 'export const other = 1' })
    expect(await failureOf(() => loadScript(bad.open(), bad.place, wanted))).toMatchObject({ code: 'PROJECT_SCRIPT_EXPORT' })
    expect(await failureOf(() => readScript(join(bad.directory, 'none.ts')))).toMatchObject({ code: 'PROJECT_FILE_UNREADABLE' })
  })
})
