import pc from 'picocolors'
import { expect, test } from 'vitest'
import { renderRun } from '../../../src/cli/render/fixes.ts'

test('a terminal does not obey what a row holds, and no character is cut in two', () => {
  const before = { note: `a\u001b[2J\u0007\n b` }
  const after = { note: '😀'.repeat(61) }
  const table = { table: 'notes', inserted: 0, updated: 1, deleted: 0, named: true, rows: [{ key: { id: '1' }, before, after }] }
  const quiet = { locks: [], lockedMs: 1, keptWaiting: [], attempts: 1, ms: 2 }
  const scene = { database: 'shop', rehearsed: true, rows: 3, flags: '' }
  const text = renderRun({ fix: 'x', mode: 'dry-run', tables: [table], ...quiet }, scene, pc.createColors(false))
  expect(text).toContain(`    ~ id=1  note: a·[2J· b → ${'😀'.repeat(59)}…`)
})
