import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { hazardKinds } from '../../../src/proof/adversarial/kinds.ts'
import { openProofGround } from '../../support/proof-place.ts'
import { casesOfRows } from './cases-of-rows.ts'
import { casesOfStructure } from './cases-of-structure.ts'
import { people } from './hazard-case.ts'

const cases = [...casesOfStructure, ...casesOfRows]

describe('rows that break a migration', () => {
  test('every kind is in the list, and has a case here', () => {
    const folder = fileURLToPath(new URL('../../../src/proof/adversarial/kinds/', import.meta.url))
    const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, '')).sort()
    expect(hazardKinds.map(({ name }) => name)).toEqual(files)
    expect([...new Set(cases.map(({ kind }) => kind))].sort()).toEqual(files)
  })

  test.for(cases)('$kind: $title', async ({ breaks, kind, others = {}, ...change }) => {
    const { prove } = await openProofGround()
    const proof = await prove(change)
    const broken = proof.hazards.filter(({ outcome }) => outcome === 'breaks')
    expect(broken.map(({ object, rows }) => `${object}: ${rows}`).sort()).toEqual(breaks)
    expect(broken.every(({ error }) => error !== undefined && /^2[123]/.test(error.sqlstate))).toBe(true)
    expect(proof.verdict === 'fails').toBe(breaks.length > 0)
    const rest = proof.hazards.filter(({ outcome, hazard }) => outcome !== 'breaks' && hazard === kind)
    expect(Object.fromEntries(rest.map(({ object, outcome }) => [object, outcome]))).toEqual(others)
    expect(proof.reasons.filter((reason) => !reason.startsWith('it stops at '))).toEqual([])
  })

  test('blocks of code that ask something of rows are named: what they stop at is not looked for', async () => {
    const { prove } = await openProofGround()
    const up = `DO $$ BEGIN CREATE UNIQUE INDEX one ON people (email); END $$;
      DO $$ BEGIN DROP INDEX IF EXISTS nothing; END $$; CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'; CALL p();`
    const { notes } = await prove({ setup: people, up, down: 'DROP INDEX one; DROP PROCEDURE p;' })
    expect(notes).toEqual([
      'the DO block in line 1 was run, but not read: rows at which it may stop were not looked for',
      'the procedure called in line 2 was run, but not read: rows at which it may stop were not looked for',
    ])
  })

  test('the moment that summer time leaves out does not come back from a zone', async () => {
    const { prove } = await openProofGround()
    const change = cases.find(({ kind }) => kind === 'moment-before-zone-change')
    const proof = await prove({ up: '', ...change })
    expect(proof.losses).toMatchObject([{ object: 'public.people.born', rows: 1 }])
  })
})
