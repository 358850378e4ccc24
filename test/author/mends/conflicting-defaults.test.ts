import { expect, it } from 'vitest'
import { mendConflictingDefaults } from '../../../src/author/mends/conflicting-defaults.ts'
import { operationsOf, sqlOf } from '../../support/plan-state.ts'

it('drops no default that the same statement sets', async () => {
  const operations = await operationsOf(
    `ALTER TABLE "A" ALTER COLUMN "x" SET DEFAULT 1, ALTER COLUMN "x" DROP DEFAULT, ALTER COLUMN "y" DROP DEFAULT;
     ALTER TABLE "B" ALTER COLUMN "x" DROP DEFAULT;`,
  )
  expect(sqlOf(mendConflictingDefaults(operations))).toEqual([
    'ALTER TABLE "A" ALTER COLUMN "x" SET DEFAULT 1,\nALTER COLUMN "y" DROP DEFAULT',
    'ALTER TABLE "B" ALTER COLUMN "x" DROP DEFAULT',
  ])
})
