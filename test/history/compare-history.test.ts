import { expect, it } from 'vitest'
import { checksumOf } from '../../src/history/checksum.ts'
import { compareHistory, isAheadOfHistory, isPending } from '../../src/history/compare-history.ts'
import type { LedgerRow } from '../../src/history/ledger.ts'
import type { Migration } from '../../src/history/read-history.ts'

it('says of each migration where it stands', () => {
  const history = ['1', '2', '3', '4', '5', '7'].map((name) => migration(name))
  const states = compareHistory(history, [
    row('1'),
    row('2', { checksum: checksumOf('other') }),
    row('3', { finishedAt: undefined, logs: 'boom' }),
    row('4', { rolledBackAt: '2026-01-01' }),
    row('6'),
  ])
  expect(states.map(({ name, state }) => `${name} ${state}`)).toEqual([
    '1 applied',
    '2 edited',
    '3 failed',
    '4 rolled-back',
    '5 pending',
    '6 missing',
    '7 pending',
  ])
  expect(states.filter(isPending).map(({ name }) => name)).toEqual(['4', '5', '7'])
})

it('ignores every row that was rolled back, whatever it says', () => {
  const rolledBack = { rolledBackAt: '2026-01-01' }
  const states = compareHistory(
    [migration('1'), migration('2')],
    [
      row('1', { ...rolledBack, finishedAt: undefined }),
      row('1', { ...rolledBack, checksum: 'x' }),
      row('1'),
      row('2', { ...rolledBack, checksum: 'x' }),
      row('3', rolledBack),
    ],
  )
  expect(states.map(({ name, state }) => `${name} ${state}`)).toEqual(['1 applied', '2 rolled-back'])
})

it('says what the folder has, and why a rollback is incomplete', () => {
  const whole = {
    ...migration('1'),
    down: 'x',
    hasData: true,
    downDirectives: ['raw UPDATE', 'function replaced'].map((reason) => ({
      verb: 'incomplete' as const,
      words: [],
      values: { reason },
      line: 1,
    })),
  }
  expect(compareHistory([whole, migration('2')], [])).toEqual([
    { name: '1', state: 'pending', hasDown: true, hasData: true, incomplete: ['raw UPDATE', 'function replaced'] },
    { name: '2', state: 'pending', hasDown: false, hasData: false },
  ])
})

it('takes a file with turned line ends, and a checksum of an old engine, for the same', () => {
  const lines = { ...migration('1'), sql: 'a\r\nb\r\n', checksum: checksumOf('a\r\nb\r\n') }
  const stateWith = (checksum: string) => compareHistory([lines], [row('1', { checksum })])[0]?.state
  expect(stateWith(checksumOf('a\nb\n'))).toBe('applied')
  expect(stateWith(checksumOf('a\nb'))).toBe('edited')
  const unpadded = Buffer.from(lines.checksum, 'hex')
  expect(stateWith([...unpadded].map((byte) => byte.toString(16)).join(''))).toBe('applied')
})

it('tells a database ahead of the history from one with a hole', () => {
  const ahead = compareHistory([migration('1')], [row('1'), row('2'), row('3')])
  const hole = compareHistory([migration('1'), migration('3')], [row('1'), row('2'), row('3')])
  expect(isAheadOfHistory(ahead)).toBe(true)
  expect(isAheadOfHistory(hole)).toBe(false)
  expect(isAheadOfHistory(compareHistory([migration('1')], [row('1')]))).toBe(false)
})

function migration(name: string): Migration {
  const sql = `SELECT '${name}';`
  return { name, directory: name, sql, checksum: checksumOf(sql), hasData: false, directives: [], downDirectives: [] }
}

function row(name: string, changes: { [Key in keyof LedgerRow]?: LedgerRow[Key] | undefined } = {}): LedgerRow {
  const whole = {
    id: name,
    name,
    checksum: checksumOf(`SELECT '${name}';`),
    startedAt: '2026-01-01',
    finishedAt: '2026-01-01',
    appliedSteps: 1,
    ...changes,
  }
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as unknown as LedgerRow
}
