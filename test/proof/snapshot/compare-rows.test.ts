import { expect, test } from 'vitest'
import { compareRows } from '../../../src/proof/snapshot/compare-rows.ts'
import type { SnapshotRow, TableContent } from '../../../src/proof/snapshot/snapshot.ts'

function table(rows: readonly SnapshotRow[], key: readonly string[] = ['id'], columns = ['id', 'name']): TableContent {
  return { name: 'public.t', columns, key, rows }
}

test('rows are told apart by their key, and cells by their column', () => {
  const before = table([['1', 'a'], ['2', 'b'], ['3', null], ['4', 'd']])
  const after = table([['4', 'd'], ['2', null], ['3', 'c'], ['5', 'e']])
  expect(compareRows([before], [after])).toEqual([
    {
      table: 'public.t', gone: 1, added: 1, columns: [{ column: 'name', rows: 2, emptied: 1 }],
      keys: { gone: ['id=1'], added: ['id=5'], changed: ['id=2', 'id=3'] },
    },
  ])
  expect(compareRows([before], [table([...before.rows].reverse())])).toEqual([])
})

test('without a key each row is counted', () => {
  const before = table([['1', 'a'], ['1', 'a'], ['2', 'b']], [])
  expect(compareRows([before], [table([['2', 'b'], ['1', 'a'], ['1', 'a']], [])])).toEqual([])
  expect(compareRows([before], [table([['1', 'a'], ['2', 'b'], ['2', 'b']], [])])).toMatchObject([{ gone: 1, added: 1 }])
})

test('the order of columns, and columns of one side, say nothing', () => {
  const before = table([['1', 'a']])
  expect(compareRows([before], [table([['a', '1', 'x']], ['id'], ['name', 'id', 'new'])])).toEqual([])
  expect(compareRows([before], [])).toEqual([])
})
