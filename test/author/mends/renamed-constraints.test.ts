import { expect, it } from 'vitest'
import { dropRenamesOfDropped } from '../../../src/author/mends/renamed-constraints.ts'
import { operationsOf, sqlOf } from '../../support/plan-state.ts'

it('renames no constraint that was dropped before', async () => {
  const operations = await operationsOf(`
    ALTER TABLE "_b" DROP CONSTRAINT "_a_AB_pkey", ADD CONSTRAINT "_b_AB_pkey" PRIMARY KEY ("A", "B");
    ALTER TABLE "_b" RENAME CONSTRAINT "_a_AB_pkey" TO "_b_AB_pkey";
    ALTER TABLE "_b" RENAME CONSTRAINT "_a_A_fkey" TO "_b_A_fkey";
    ALTER TABLE "_c" RENAME CONSTRAINT "_a_AB_pkey" TO "_c_AB_pkey"`)
  expect(sqlOf(dropRenamesOfDropped(operations)).slice(1)).toEqual([
    'ALTER TABLE "_b" RENAME CONSTRAINT "_a_A_fkey" TO "_b_A_fkey"',
    'ALTER TABLE "_c" RENAME CONSTRAINT "_a_AB_pkey" TO "_c_AB_pkey"',
  ])
})
