import { describe, expect, it } from 'vitest'
import { archivedAndRolledBack, archivedMigration } from '../../support/archives.ts'
import { goThereAndBack } from '../../support/rollbacks.ts'
import { type KindOfChange, schemaChanges, shop } from '../rollback/kinds-of-change.ts'
import { handwrittenChanges } from '../rollback/kinds-of-handwritten.ts'

/** What the journeys beside this file do not go through; rows that a migration inserts or deletes are not archived. */
const titles = ['a required relation dropped', 'an enum dropped with its column', 'an expression as the new value', 'a partition dropped']
const lossy = [...schemaChanges, ...handwrittenChanges].filter(({ title }) => titles.includes(title))

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

describe('what is not archived', () => {
  it('says so in a directive where it was switched off', async () => {
    const sql = '-- tide: delete User.name\n\nALTER TABLE users DROP COLUMN name;\n'
    const archived = await archivedMigration(shop, sql, { isOn: false })
    expect(archived.sql).toBe(sql.replace('\n\n', '\n-- tide: archive off\n\n'))
  })

  it('is what loses nothing, and leaves the migration as it was', async () => {
    const sql = 'ALTER TABLE users ADD slug text; UPDATE users SET slug = email; ALTER TABLE users ALTER age TYPE bigint;'
    expect(await archivedMigration(shop, sql)).toEqual({ sql, notes: [] })
  })

  it('is a table whose key goes as well, which is told', async () => {
    const archived = await archivedAndRolledBack(shop, 'ALTER TABLE "Audit.Log" DROP COLUMN "No", DROP COLUMN "a""b";')
    expect(archived.notes).toEqual(['Nothing of public."Audit.Log" is archived: no key tells its rows again on the way back.'])
    expect(archived.rollback.incomplete.length).toBe(2)
  })
})

describe('with an archive nothing is lost', () => {
  it.each(lossy)('$title', comesBack)
})
