import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checksumOf } from '../../src/history/checksum.ts'
import { compareMigrationNames, readHistory } from '../../src/history/read-history.ts'
import { corporaReason, corpusFolder, corpusNames } from '../support/corpora.ts'
import { failureOf } from '../support/failure.ts'
import { createFolder } from '../support/files.ts'

it('reads both texts, the data step, the directives and the checksum of the raw bytes', async () => {
  const folder = createFolder({
    'migration_lock.toml': 'provider = "postgresql"',
    '.trash/notes.txt': 'no migration',
    '2_b/migration.sql': 'SELECT 2;\r\n',
    '1_a copy/migration.sql': '-- tide: delete User.old\nSELECT 1;',
    '1_a copy/down.sql': '-- tide: incomplete reason="raw UPDATE"\nSELECT 0;',
    '1_a copy/data.ts': 'export {}',
  })
  const history = await readHistory(folder)
  expect(history).toEqual([
    {
      name: '1_a copy',
      directory: join(folder, '1_a copy'),
      sql: '-- tide: delete User.old\nSELECT 1;',
      checksum: checksumOf('-- tide: delete User.old\nSELECT 1;'),
      down: '-- tide: incomplete reason="raw UPDATE"\nSELECT 0;',
      hasData: true,
      directives: [{ verb: 'delete', words: ['User.old'], values: {}, line: 1 }],
      downDirectives: [{ verb: 'incomplete', words: [], values: { reason: 'raw UPDATE' }, line: 1 }],
    },
    expect.objectContaining({ name: '2_b', sql: 'SELECT 2;\r\n', hasData: false, directives: [], downDirectives: [] }),
  ])
  expect(history[1]?.checksum).toBe('c2fb0d1c749ca4844e0da66c12a21108d2505f9b0bfe070ce0ed099365a43e63')
  expect(history[1]).not.toHaveProperty('down')
})

it('takes a folder that does not exist for an empty history', async () => {
  expect(await readHistory(join(createFolder(), 'migrations'))).toEqual([])
})

it('takes a byte order mark off the text and leaves it in the checksum', async () => {
  const [migration] = await readHistory(createFolder({ '1/migration.sql': '\uFEFFSELECT 1;' }))
  expect(migration).toMatchObject({ sql: 'SELECT 1;', checksum: checksumOf('\uFEFFSELECT 1;') })
})

it('reads a text that holds the letter for what cannot be read', async () => {
  const [migration] = await readHistory(createFolder({ '1/migration.sql': '\uFEFF-- \uFFFD' }))
  expect(migration).toMatchObject({ sql: '-- \uFFFD', checksum: checksumOf('\uFEFF-- \uFFFD') })
})

it('orders names as Prisma does', () => {
  const names = ['10_x', '1_b', '2024_a b', '2024_a', '1_B', '1_a', '2024_Zeta', '2024_é']
  expect([...names].sort(compareMigrationNames)).toEqual(names.sort((one, other) => one.localeCompare(other, 'en')))
  expect(['10_more', '1_init'].sort(compareMigrationNames)).toEqual(['1_init', '10_more'])
})

describe('refuses', () => {
  it.each([
    ['a folder without migration.sql', 'HISTORY_MIGRATION_EMPTY', { '1_a/migration.sql': '', '2_b/': '' }, '2_b'],
    ['a migration.sql that is a folder', 'HISTORY_UNREADABLE', { '1_a/migration.sql/x': '' }, '1_a/migration.sql'],
    ['UTF-16', 'HISTORY_ENCODING_INVALID', { '1_a/migration.sql': Buffer.of(0xff, 0xfe, 0x41, 0) }, '1_a/migration.sql'],
    ['other bytes', 'HISTORY_ENCODING_INVALID', { '1_a/migration.sql': '', '1_a/down.sql': Buffer.of(0xe9) }, '1_a/down.sql'],
    ['an unknown directive', 'HISTORY_DIRECTIVE_UNKNOWN', { '1_a/migration.sql': '-- tide: fil x=1' }, '1_a/migration.sql'],
  ])('%s', async (_, code, files, place) => {
    const folder = createFolder(files)
    const failure = await failureOf(() => readHistory(folder))
    expect(failure.code).toBe(code)
    expect(failure.details.where?.file).toBe(join(folder, place))
  })

  it('a migrations folder that is a file', async () => {
    const folder = createFolder({ migrations: '' })
    expect((await failureOf(() => readHistory(join(folder, 'migrations')))).code).toBe('HISTORY_UNREADABLE')
  })
})

describe.skipIf(corpusNames.length === 0)(`real histories (skipped where ${corporaReason})`, () => {
  it.each(corpusNames)('%s is read whole', async (name) => {
    const history = await readHistory(join(corpusFolder(name), 'prisma', 'migrations'))
    expect(history.length).toBeGreaterThan(10)
    expect(history.map((migration) => migration.name)).toEqual(history.map((migration) => migration.name).sort())
  })
})
