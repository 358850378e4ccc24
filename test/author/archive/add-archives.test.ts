import { describe, expect, it } from 'vitest'
import { archivedAndRolledBack } from '../../support/archives.ts'
import { goThereAndBack } from '../../support/rollbacks.ts'
import { type KindOfChange, schemaChanges, shop } from '../rollback/kinds-of-change.ts'
import { handwrittenChanges } from '../rollback/kinds-of-handwritten.ts'

const lossy = [...schemaChanges, ...handwrittenChanges].filter(({ incomplete = [] }) => incomplete.length > 0)

/** Up, down, the same catalog and rows, up again, with nothing lost. */
async function comesBack({ setup = '', up, once = false }: KindOfChange): Promise<void> {
  const start = `${shop}\n${setup}`
  const archived = await archivedAndRolledBack(start, up)
  expect(archived.rollback.incomplete.filter((reason) => !(once && reason.startsWith('after it')))).toEqual([])
  const journey = await goThereAndBack(start, archived.up, archived.rollback.sql, once ? '' : archived.up)
  expect(journey.back).toEqual([])
  expect(journey.rows.after).toEqual(journey.rows.before)
  if (!once) expect(journey.again).toEqual([])
}

describe('with an archive nothing is lost', () => {
  it.each(lossy)('$title', comesBack)
})
