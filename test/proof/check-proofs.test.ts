import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type Migration, readHistory } from '../../src/history/read-history.ts'
import { checkProofs } from '../../src/proof/check-proofs.ts'
import type { Proof } from '../../src/proof/proof.ts'
import { proofInputs } from '../../src/proof/record/proof-inputs.ts'
import { renderProof } from '../../src/proof/record/proof-text.ts'
import { writeFiles } from '../support/files.ts'
import { createHistory } from '../support/migrations.ts'

const texts = {
  '1_users': { up: 'CREATE TABLE users (id int);', down: 'DROP TABLE users;' },
  '2_fax': { up: 'ALTER TABLE users DROP COLUMN fax;', down: 'ALTER TABLE users ADD COLUMN fax text;' },
}

const lossy = { verdict: 'lossy', losses: [{ object: 'public.users.fax', rows: 3, reason: 'is NULL' }] } as const

function prove(directory: string, history: readonly Migration[], name: string, found: Partial<Proof> = {}): void {
  const inputs = proofInputs(history)[history.findIndex((one) => one.name === name)]
  if (inputs === undefined) throw new Error(name)
  const exact: Proof = {
    format: 1, verdict: 'exact', losses: [], reasons: [], hazards: [], volatile: [], notes: [], rows: 10, inputs,
  }
  writeFiles(directory, { [`${name}/proof.json`]: renderProof({ ...exact, ...found }) })
}

function rules(history: readonly Migration[]): readonly string[] {
  return checkProofs({ history }).map(({ migration, rule }) => `${migration} ${rule}`)
}

test('a missing proof is told, one that holds is not, and one that no longer holds says why', async () => {
  const { directory, read, write } = createHistory(texts)
  const history = await read()
  expect(rules(history)).toEqual(['1_users proof-missing', '2_fax proof-missing'])
  prove(directory, history, '1_users')
  prove(directory, history, '2_fax')
  expect(rules(history)).toEqual([])

  const edited = await write({ '2_fax': { ...texts['2_fax'], down: 'SELECT 1;' } })
  expect(checkProofs({ history: edited }).map(({ message }) => message)).toEqual([
    'Its proof no longer holds: down.sql changed since.',
  ])
  const before = await write({ ...texts, '1_users': { ...texts['1_users'], up: 'CREATE TABLE users (id int8);' } })
  expect(checkProofs({ history: before }).map(({ message }) => message)).toEqual([
    'Its proof no longer holds: migration.sql changed since.',
    'Its proof no longer holds: the history before it changed since.',
  ])
  expect(checkProofs({ history: before, names: new Set(['2_fax']) })).toHaveLength(1)
})

test('line ends that git turned, and directives that accept, leave a proof as good as it was', async () => {
  const { directory, write, read } = createHistory({ ...texts, '1_users': { up: 'SELECT 1;\nSELECT 2;\n', down: 'SELECT 3;\n' } })
  const history = await read()
  prove(directory, history, '1_users')
  prove(directory, history, '2_fax', lossy)
  const allowed = `-- tide: allow lossy reason="nobody faxes"\n${texts['2_fax'].up}`
  const turned = { up: 'SELECT 1;\r\nSELECT 2;\r\n', down: 'SELECT 3;\r\n' }
  expect(rules(await write({ '1_users': turned, '2_fax': { ...texts['2_fax'], up: allowed } }))).toEqual([])
})

test('what a proof shows and nobody accepts is told, in migration.sql or in down.sql', async () => {
  const { directory, write, read } = createHistory(texts)
  const history = await read()
  const breaking = {
    hazard: 'null-before-not-null', object: 'public.users.fax', outcome: 'breaks', rows: 'rows with NULL',
    sql: 'SELECT 1', error: { sqlstate: '23502', message: 'no', line: 4 },
  } as const
  prove(directory, history, '1_users')
  prove(directory, history, '2_fax', { ...lossy, verdict: 'fails', reasons: ['it stops at rows with NULL in public.users.fax: no'], hazards: [breaking] })
  expect(checkProofs({ history })).toMatchObject([
    { rule: 'proof-lossy', severity: 'error', line: 1, message: expect.stringContaining('public.users.fax: is NULL (3 of') as string },
    { rule: 'proof-fails', severity: 'error', line: 4, message: 'It stops at rows with NULL in public.users.fax.' },
  ])
  const down = `-- tide: allow fails reason="mended before"\n${texts['2_fax'].down}`
  expect(rules(await write({ '2_fax': { ...texts['2_fax'], down } }))).toEqual(['2_fax proof-lossy'])
  const up = `-- tide: allow lossy reason="nobody faxes"\n${texts['2_fax'].up}`
  expect(rules(await write({ '2_fax': { up, down } }))).toEqual([])
})

test.each<[string, Partial<Proof>]>([
  ['exact beside losses', { ...lossy, verdict: 'exact' }],
  ['exact beside rows that break it', { hazards: [{ hazard: 'x', object: 'x', outcome: 'breaks', rows: 'x', sql: 'SELECT 1' }] }],
  ['exact beside reasons', { reasons: ['it does not run'] }],
  ['lossy without a loss', { verdict: 'lossy' }],
  ['failing without a reason', { verdict: 'fails' }],
  ['of no rows', { rows: 0 }],
])('a proof that says %s is none', async (_, found) => {
  const { directory, read } = createHistory(texts)
  const history = await read()
  prove(directory, history, '1_users')
  prove(directory, history, '2_fax', found)
  expect(checkProofs({ history })).toMatchObject([
    { rule: 'proof-missing', migration: '2_fax', message: expect.stringContaining('contradicts itself') as string },
  ])
})

test('a folder in the place of a proof is none', async () => {
  const { directory, read } = createHistory(texts)
  const history = await read()
  prove(directory, history, '1_users')
  mkdirSync(join(directory, '2_fax/proof.json'))
  expect(rules(history)).toEqual(['2_fax proof-missing'])
})

test('an acceptance of nothing is told, and one of a thing that is not known', async () => {
  const { directory, write } = createHistory(texts)
  const up = `-- tide: allow lossy reason="?"\n-- tide: allow irreversable reason="?"\n${texts['2_fax'].up}`
  const history = await write({ '2_fax': { ...texts['2_fax'], up } })
  prove(directory, history, '1_users')
  prove(directory, history, '2_fax')
  expect(checkProofs({ history })).toMatchObject([
    { rule: 'allow-unused', severity: 'warning', line: 1, statement: '-- tide: allow lossy reason=?' },
    { rule: 'allow-unknown', severity: 'warning', line: 2, safer: 'Did you mean irreversible?' },
  ])
})

test('an acceptance without a reason, or of nothing, is refused', async () => {
  const { write } = createHistory(texts)
  const invalid = { code: 'HISTORY_DIRECTIVE_INVALID' }
  await expect(write({ '3_a': '-- tide: allow lossy\nSELECT 1;' })).rejects.toMatchObject(invalid)
  await expect(write({ '3_a': '-- tide: allow reason="why not"\nSELECT 1;' })).rejects.toMatchObject(invalid)
})

test('the reference project has a proof that holds for each of its migrations', async () => {
  const history = await readHistory(fileURLToPath(new URL('../../prisma/migrations', import.meta.url)))
  expect(checkProofs({ history })).toEqual([])
  expect(history.length).toBeGreaterThan(0)
})
