import { expect, test } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import { readTables } from '../../../src/postgres/tables/read-tables.ts'
import { examineTable } from '../../../src/mask/gate/examined.ts'
import { judgeWatch } from '../../../src/mask/gate/judge-watch.ts'
import { createWatch } from '../../../src/mask/gate/watch.ts'
import { ownThrew } from '../../../src/mask/errors.ts'
import type { TableMask } from '../../../src/mask/row-mask.ts'
import { createTestDatabase } from '../../support/database.ts'
import { columnFacts, tableFacts } from '../../support/table-facts.ts'

const sql = 'CREATE TABLE people (email text, slug text, tags text[], settings jsonb, amount int)'

test('a rare value of a person in a column that is taken as it is fails the gate', async () => {
  const database = await createTestDatabase()
  await withConnection(database, (connection) => connection.query(sql))
  const [facts] = await withConnection(database, (connection) => readTables(connection))
  if (facts === undefined) throw new Error('no table')
  const kept = (column: string) => ({ column, piiClass: 'N', mask: 'keep', provenance: 'kept' as const })
  let count = 0
  const mask: TableMask = {
    schema: 'public',
    table: 'people',
    columns: [{ column: 'email', piiClass: 'D', mask: 'email', provenance: 'masked' }, ...['slug', 'tags', 'settings', 'amount'].map(kept)],
    maskRow: ([, ...rest]) => [`masked${count++}@example.com`, ...rest],
  }
  const judged = (rows: readonly (readonly string[])[]) => {
    const table = examineTable(facts, mask, 1)
    const watch = createWatch([table])
    for (const row of rows) watch.known.survey(table, row)
    for (const row of rows) watch.judge(table, row, mask.maskRow(row))
    const { tests } = judgeWatch({ watch, masks: [mask], environment: 'qa', run: 'r', reference: [] })
    return tests.find(({ name }) => name === 'rare-values')
  }
  const row = (number: number, ...more: string[]) => [`who${number}@secret.test`, `a-slug-${number}`, '{a,b}', '{"theme": "dark"}', '3'].with(Number(more[0] ?? 0), more[1] ?? `who${number}@secret.test`)
  const usual = Array.from({ length: 40 }, (_, number) => row(number))

  expect(judged(usual)).toMatchObject({ passed: true, found: [] })
  expect(judged([...usual, row(50, '1', 'who7@secret.test')])).toMatchObject({ passed: false, found: ['public.people.slug'] })
  expect(judged([...usual, row(50, '2', '{b,"who50@secret.test"}')])).toMatchObject({ passed: false, found: ['public.people.tags'] })
  const inJson = judged([...usual, row(50, '3', '{"note": "wrote to who9@secret.test"}')])
  expect(inJson).toMatchObject({ passed: false, found: ['public.people.settings'] })
  expect(inJson?.told).toContain('1 of them in columns that are taken as they are')
})

test('a public name in a column that is taken as it is fails the gate only where it goes with its own row, or with the other name', async () => {
  const database = await createTestDatabase()
  await withConnection(database, (connection) => connection.query('CREATE TABLE staff (given text, family text, team text)'))
  const [facts] = await withConnection(database, (connection) => readTables(connection))
  if (facts === undefined) throw new Error('no table')
  const families = Array.from({ length: 30 }, (_, number) => `Family${'abcdefghijklmnopqrstuvwxyz'.charAt(number % 26)}${number}`)
  const named = { piiClass: 'D', mask: 'last-name', provenance: 'masked' as const }
  const mask: TableMask = {
    schema: 'public',
    table: 'staff',
    columns: [
      { column: 'given', ...named, mask: 'first-name', vocabulary: new Set(['Violet', 'Autumn']) },
      { column: 'family', ...named, vocabulary: new Set(families) },
      { column: 'team', piiClass: 'N', mask: 'keep', provenance: 'kept' },
    ],
    maskRow: ([, , team = null]) => ['Autumn', 'Masked', team],
  }
  const judged = (teams: readonly string[]) => {
    const table = examineTable(facts, mask, 1)
    const watch = createWatch([table])
    const rows = teams.map((team, number) => ['Violet', families[number % 30] ?? '', team])
    for (const row of rows) watch.known.survey(table, row)
    for (const row of rows) watch.judge(table, row, mask.maskRow(row))
    const { tests } = judgeWatch({ watch, masks: [mask], environment: 'qa', run: 'r', reference: [] })
    return tests.find(({ name }) => name === 'rare-values')
  }
  const leak = { passed: false, found: ['public.staff.team'] }
  const any = families.map((_, number) => `${families[(number * 7 + 3) % 30] ?? ''} and Sons`)
  expect(judged(any)).toMatchObject({ passed: true })
  expect(judged(families.map((family) => `of ${family}`))).toMatchObject(leak)
  expect(judged(any.with(4, `for ${families[9] ?? ''}, Violet`))).toMatchObject({ passed: true })
  expect(judged(any.with(4, `for Violet ${families[9] ?? ''}`))).toMatchObject(leak)
  expect(judged(any.with(4, 'of Unheard-of'))).toMatchObject({ passed: true })
})

test('another value is drawn for one of the user only where constraints take it, and where it is known which texts are values', () => {
  const facts = tableFacts('people', [columnFacts('name')])
  const refuse = (_: unknown, [name]: readonly (string | null)[]): void => {
    if (name?.startsWith('x') === true) throw ownThrew('own', 'people.name', 'it gave what a constraint does not take')
  }
  const made = (own?: TableMask['own']) => {
    const mask: TableMask = {
      schema: 'public',
      table: 'people',
      columns: [{ column: 'name', piiClass: 'D', mask: 'own', provenance: 'masked' }],
      maskRow: ([name]) => [name === 'Anna' ? 'Bertha' : `x${name ?? ''}`],
      ...(own === undefined ? {} : { own }),
    }
    const table = examineTable(facts, mask, 1)
    const watch = createWatch([table])
    for (const name of ['Anna', 'Bertha']) watch.known.survey(table, [name])
    return watch.judge(table, ['Anna'], mask.maskRow(['Anna']))[0]
  }
  const own = { refuse: () => undefined, note: () => undefined, noted: new Set<number>() }
  expect(made()).toMatch(/^x/)
  expect(made(own)).toMatch(/^x/)
  expect(made({ ...own, refuse })).toBe('Bertha')
  expect(made({ ...own, noted: new Set([0]) })).toBe('Bertha')
})
