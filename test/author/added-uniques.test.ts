import { expect, it } from 'vitest'
import { uniquesOf } from '../../src/author/added-uniques.ts'
import { operationsOf } from '../support/plan-state.ts'

it('names the unique indexes and primary keys over columns that may have rows', async () => {
  const key = 'ALTER TABLE "s"."A" DROP CONSTRAINT "A_pkey", ADD CONSTRAINT "A_pkey" PRIMARY KEY ("x", "y")'
  const operations = await operationsOf(`
    CREATE TABLE "New" ("id" INTEGER NOT NULL);
    CREATE UNIQUE INDEX "New_id_key" ON "New"("id");
    CREATE INDEX "A_x_idx" ON "A"("x");
    CREATE UNIQUE INDEX "A_x_key" ON "A"("x", "y" DESC);
    ${key};
    ALTER TABLE "B" ADD COLUMN "id" SERIAL NOT NULL, ADD CONSTRAINT "B_pkey" PRIMARY KEY ("id")`)
  expect(uniquesOf(operations)).toEqual([
    { name: 'A_x_key', table: '"A"', columns: ['x', 'y'], statement: 'CREATE UNIQUE INDEX "A_x_key" ON "A"("x", "y" DESC)' },
    { name: 'A_pkey', table: '"s"."A"', columns: ['x', 'y'], statement: key.replace(', ADD', ',\nADD') },
  ])
})
