import { expect, test } from 'vitest'
import { findRun, type FixRunRecord, undoneBy } from '../../../src/fix/journal/runs.ts'

const run = (id: string, fix: string, undoes: string | null = null): FixRunRecord => ({
  id, fix, undoes, description: '', scriptHash: '', appliedBy: null, role: '', appliedAt: '', tables: [], ms: 0,
  batchOf: null, progress: null,
})

test('a run is undone unless its undo was undone', () => {
  const runs = [run('1', 'a'), run('2', 'a', '1'), run('3', 'a', '2'), run('4', 'b'), run('5', 'b', '4')]
  expect(runs.map(({ id }) => undoneBy(id, runs))).toEqual([undefined, '3', undefined, '5', undefined])
  expect(undoneBy('1', runs.slice(0, 2))).toBe('2')
})

test('the name of a fix means its last run that is not undone, a number the run of that number', () => {
  const runs = [run('1', 'a'), run('2', 'a'), run('3', 'a', '2'), run('4', '1')]
  expect(findRun('a', runs)?.id).toBe('1')
  expect(findRun('2', runs)?.id).toBe('2')
  expect(findRun('1', runs)?.id).toBe('1')
  expect(findRun('c', runs)).toBeUndefined()
})
