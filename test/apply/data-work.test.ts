import { expect, test } from 'vitest'
import { planData } from '../../src/apply/data-work.ts'
import type { DataState } from '../../src/data/data-state.ts'
import type { Migration } from '../../src/history/read-history.ts'

const migration = (name: string, hasData: boolean): Migration => ({
  name,
  directory: name,
  sql: '',
  checksum: '',
  hasData,
  directives: [],
  downDirectives: [],
})
const history = [migration('1', true), migration('2', false), migration('3', true), migration('4', false)]
const at = (name: string, state: DataState['state']): DataState => ({ migration: name, ledgerId: `id ${name}`, state, direction: 'up' })
const plan = (pending: readonly string[], states: readonly DataState[]): readonly string[] =>
  planData(history, new Set(pending), states).map(
    (task) => `${task.migration.name}${task.recheck ? ' again' : ''}${task.ledgerId === undefined ? ' new' : ''}`,
  )

test('data steps run after their migration, and those that are owed before what comes after them', () => {
  expect(plan(['1', '2', '3', '4'], [])).toEqual(['1 new', '3 new'])
  expect(plan(['3', '4'], [at('1', 'owed')])).toEqual(['1', '3 new'])
  expect(plan([], [at('1', 'done'), at('3', 'failed')])).toEqual(['3'])
  expect(plan([], [at('1', 'done'), at('3', 'undone')])).toEqual(['3'])
})

test('a step that is done is asked again by the first migration after it, and by no later one', () => {
  expect(plan(['2', '3', '4'], [at('1', 'done')])).toEqual(['1 again', '3 new'])
  expect(plan(['4'], [at('1', 'done'), at('3', 'done')])).toEqual(['3 again'])
  expect(plan([], [at('1', 'done'), at('3', 'done')])).toEqual([])
})
