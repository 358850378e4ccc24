import { describe, expect, test } from 'vitest'
import { judge, type Known } from '../../src/proof/judge.ts'
import type { Measured } from '../../src/proof/measured.ts'
import type { RowDifference } from '../../src/proof/snapshot/compare-rows.ts'

const nothing = { catalog: [], rows: [] }
const whole: Measured = { unfilled: new Map(), hazards: [], back: nothing, repeated: nothing }
const known: Known = { hasDown: true, claims: [], beyond: [] }
const faxes: RowDifference = {
  table: 'public."Users"', gone: 0, added: 0, columns: [{ column: 'fax', rows: 4, emptied: 4 }],
  keys: { gone: [], added: [], changed: ['id=1'] },
}

describe('the verdict', () => {
  test('is exact where nothing differs', () => {
    expect(judge(whole, known)).toEqual({ verdict: 'exact', losses: [], reasons: [], volatile: [], notes: [] })
  })

  test('knows what a down.sql speaks of by its quotes, and by a name that may be any word only where nothing else is named', () => {
    const inDots = { ...faxes, table: '"a.b".rows', columns: [{ column: 'c.d', rows: 4, emptied: 4 }] }
    const gone = { ...faxes, table: 'public.rows', gone: 1, columns: [] }
    const measured = { ...whole, back: { catalog: [], rows: [inDots, gone] } }
    const reasonsFor = (...claims: string[]) => judge(measured, { ...known, claims }).losses.map(({ reason }) => reason)
    const [values, rows] = ['is NULL after the rollback', 'rows are gone after the rollback']
    expect(reasonsFor('values of "a.b".rows."c.d" are not kept', 'rows of public.other are not kept')).toEqual([
      'values of "a.b".rows."c.d" are not kept', rows, 'rows of public.other are not kept',
    ])
    expect(reasonsFor('nothing of a.b.rows.c.d', 'the rows are old')).toEqual(['nothing of a.b.rows.c.d', 'the rows are old'])
    expect(reasonsFor('one', 'two').slice(0, 2)).toEqual([values, rows])
    const listed = 'values of "a.b".rows (id, "c.d") were overwritten (line 1)'
    expect(reasonsFor('rows were inserted into "a.b".rows and stay', listed)[0]).toBe(listed)
  })

  test('is lossy with the column and its rows, in the words of down.sql where it has any', () => {
    const measured = { ...whole, back: { catalog: [], rows: [faxes] } }
    expect(judge(measured, known)).toMatchObject({
      verdict: 'lossy',
      losses: [{ object: 'public.Users.fax', rows: 4, reason: 'is NULL after the rollback' }],
    })
    const claims = ['values of public.Users.fax are not kept', 'rows of public.Cars are not kept']
    expect(judge(measured, { ...known, claims })).toMatchObject({
      losses: [{ rows: 4, reason: claims[0] }, { object: 'public.Cars', rows: 0, reason: claims[1] }],
      notes: [expect.stringContaining('the rehearsal lost nothing of the kind')],
    })
  })

  test('says of which tables nothing is known, since they took no rows', () => {
    const hazard = { hazard: 'text-before-shorter-type', object: 'public.locks.name', outcome: 'untried', rows: '', sql: '' } as const
    const unfilled = new Map([['public.locks', 'a trigger refuses them'], ['public.lock', 'no reason'], ['public.others', 'no reason']])
    expect(judge({ ...whole, unfilled, hazards: [hazard] }, known).notes).toEqual([
      'public.locks could be given no rows, so that nothing was tried on it: a trigger refuses them',
    ])
  })

  test('is lossy where down.sql says so, though nothing was lost', () => {
    expect(judge(whole, { ...known, claims: ['orders on hold stay placed'] })).toMatchObject({
      verdict: 'lossy', notes: ['its down.sql says "orders on hold stay placed", but the rehearsal lost nothing of the kind'],
    })
  })

  test('is irreversible without a rollback, with one that refuses, and for what is beyond it', () => {
    const without: Measured = { unfilled: new Map(), hazards: [] }
    expect(judge(without, { ...known, hasDown: false })).toMatchObject({ verdict: 'irreversible', reasons: ['there is no down.sql'] })
    const refusal = { sqlstate: 'P0001', message: 'no way back', line: 1 }
    expect(judge({ ...without, down: refusal }, known)).toMatchObject({
      verdict: 'irreversible', reasons: ['its down.sql refuses: no way back'],
    })
    expect(judge(whole, { ...known, beyond: ['roles stay'] }).verdict).toBe('irreversible')
  })

  test('fails where a script does not run, whatever else there is', () => {
    const error = { sqlstate: '42P01', message: 'no table', line: 3 }
    const { unfilled, hazards } = whole
    expect(judge({ unfilled, hazards, up: error }, known)).toMatchObject({
      verdict: 'fails', reasons: ['it does not run: no table (SQLSTATE 42P01, line 3)'],
    })
    expect(judge({ unfilled, hazards, down: { ...error, sqlstate: '23502' } }, known).reasons).toEqual([
      'its down.sql stops at ordinary rows: no table (SQLSTATE 23502, line 3)',
    ])
    expect(judge({ unfilled, hazards, dataBack: 'one row is stuck' }, known)).toMatchObject({
      verdict: 'fails', reasons: ['its data step cannot be taken back: one row is stuck'],
    })
    expect(judge({ ...whole, dataAgain: 'one row is stuck' }, known).reasons).toEqual([
      'after its rollback its data step fails: one row is stuck',
    ])
    expect(judge({ unfilled, hazards, back: { catalog: [], rows: [faxes] }, again: error }, known)).toMatchObject({
      verdict: 'fails', losses: [{ rows: 4 }],
    })
  })

  test('what the migration makes anew each time is no loss', () => {
    const repeated = { catalog: [], rows: [{ ...faxes, columns: [{ column: 'token', rows: 4, emptied: 0 }] }] }
    expect(judge({ ...whole, repeated }, known)).toMatchObject({ verdict: 'exact', volatile: ['public.Users.token'] })
  })
})
