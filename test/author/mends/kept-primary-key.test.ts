import { describe, expect, it } from 'vitest'
import { keepPrimaryKeys } from '../../../src/author/mends/kept-primary-key.ts'
import { factsOf, operationsOf, sqlOf } from '../../support/plan-state.ts'

describe('keepPrimaryKeys', () => {
  const facts = factsOf({ A: { x: { type: 'integer' }, y: { type: 'integer' } } }, {}, ['x', 'y'])

  it('keeps a key over the same columns', async () => {
    const sql = 'ALTER TABLE "A" DROP CONSTRAINT "A_pkey", ALTER COLUMN "x" SET DATA TYPE BIGINT, ADD CONSTRAINT "A_pkey" PRIMARY KEY ("x", "y")'
    expect(sqlOf(keepPrimaryKeys(await operationsOf(sql), facts))).toEqual(['ALTER TABLE "A" ALTER COLUMN "x" SET DATA TYPE BIGINT'])
  })

  it.each([
    ['over other columns', '', '("y", "x")'],
    ['over a column that is made anew', 'DROP COLUMN "x", ADD COLUMN "x" TEXT NOT NULL, ', '("x", "y")'],
  ])('makes a key anew %s', async (_, change, columns) => {
    const sql = `ALTER TABLE "A" DROP CONSTRAINT "A_pkey", ${change}ADD CONSTRAINT "A_pkey" PRIMARY KEY ${columns}`
    const operations = await operationsOf(sql)
    expect(keepPrimaryKeys(operations, facts)).toEqual(operations)
  })
})
