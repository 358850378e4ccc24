import { describe, expect, it } from 'vitest'
import type { Answers } from '../../../src/author/answers.ts'
import { findEnumRenames } from '../../../src/author/renames/enum-renames.ts'
import type { RenameResult } from '../../../src/author/renames/rename.ts'
import { failureOf } from '../../support/failure.ts'
import { answersOf, planState } from '../../support/plan-state.ts'
import { carryOut, type SchemaEdit } from '../../support/schema-edit.ts'

const role = (name: string, values: string, further = ''): string =>
  `model T {\n  id Int @id\n  role ${name}\n  roles ${name}[] @default([USER])\n}\nenum ${name} {\n  ${values.split(' ').join('\n  ')}\n${further}}\n`

describe('findEnumRenames', () => {
  it('takes an enum with values in common for a candidate', async () => {
    const edit = { before: role('Role', 'ADMIN USER'), after: role('UserRole', 'ADMIN USER GUEST') }
    expect((await find(edit)).pending).toMatchObject([{ subject: 'Role', what: 'enum', candidates: [{ name: 'UserRole', reason: '80 % of the values are the same' }] }])
    const elsewhere = { ...edit, after: role('Colour', 'RED USER BLUE GREEN').replaceAll(/role(s?) /g, 'colour$1 ') }
    expect((await find(elsewhere)).pending).toEqual([])
  })

  it('takes one for a candidate that its columns have now, if any of its values stayed', async () => {
    const edit = { before: role('Kind', 'USER B C'), after: role('Sort', 'USER D') }
    expect((await find(edit)).pending).toMatchObject([{ subject: 'Kind', candidates: [{ name: 'Sort' }] }])
    const other = { before: role('Kind', 'USER B C'), after: role('Sort', 'E D').replace('@default([USER])', '') }
    expect((await find(other)).pending).toEqual([])
  })

  it('takes the same enum under another @@map for it', async () => {
    const { pending } = await find({ before: role('Role', 'ADMIN USER'), after: role('Role', 'A USER B C D', '  @@map("role")\n') })
    expect(pending).toMatchObject([{ candidates: [{ name: 'Role', isSame: true }] }])
  })

  it('asks nothing about one that is to be deleted', async () => {
    const edit = { before: role('Role', 'ADMIN USER'), after: role('UserRole', 'ADMIN USER') }
    expect(await find(edit, { delete: ['Role'] })).toEqual({ renames: [], pending: [] })
  })

  it('refuses an unknown new name', async () => {
    const edit = { before: role('Role', 'ADMIN USER'), after: role('UserRole', 'ADMIN USER') }
    expect((await failureOf(() => find(edit, { rename: { Role: 'Rule' } }))).code).toBe('AUTHOR_RENAME_TARGET_UNKNOWN')
  })

  it('keeps columns, lists and defaults', async () => {
    const { plan, connection, left } = await carryOut({
      before: role('Role', 'ADMIN USER'),
      after: role('UserRole', 'ADMIN USER GUEST'),
      answers: { rename: { Role: 'UserRole' } },
      rows: `INSERT INTO "T" VALUES (1, 'ADMIN', '{ADMIN,USER}')`,
    })
    expect(plan.sql).toContain('-- Rename\nALTER TYPE "Role" RENAME TO "UserRole";')
    expect((await connection.query('SELECT * FROM "T"')).rows).toEqual([{ id: 1, role: 'ADMIN', roles: '{ADMIN,USER}' }])
    expect(left).toBe('')
  })
})

async function find(edit: SchemaEdit, answers?: Partial<Answers>): Promise<RenameResult> {
  const { operations, facts, names } = await planState(edit)
  return findEnumRenames(operations, facts, names, answersOf(answers))
}
