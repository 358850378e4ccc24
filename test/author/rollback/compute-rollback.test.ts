import { describe, expect, it } from 'vitest'
import { goThereAndBack, rollbackOf } from '../../support/rollbacks.ts'
import { handwrittenChanges } from './kinds-of-handwritten.ts'
import { type KindOfChange, schemaChanges, shop } from './kinds-of-change.ts'

/** Up, down, the same catalog and rows, up again: in the rehearsal, and on a database with rows. */
async function provesItself({ setup = '', up, incomplete = [], once = false }: KindOfChange): Promise<void> {
  const start = `${shop}\n${setup}`
  const rollback = await rollbackOf(start, up)
  expect(rollback.incomplete.filter((reason) => !(once && reason.startsWith('after it')))).toEqual(incomplete)
  expect(rollback.verified).toBe(!once)
  expect(rollback.differences).toEqual([])
  const journey = await goThereAndBack(start, up, rollback.sql, once ? '' : up)
  expect(journey.back).toEqual([])
  if (!once) expect(journey.again).toEqual([])
  if (incomplete.length === 0) expect(journey.rows.after).toEqual(journey.rows.before)
}

describe('what a Prisma schema can express', () => {
  it.each(schemaChanges)('$title', provesItself)
})

describe('what is written by hand', () => {
  it.each(handwrittenChanges)('$title', provesItself)
})
