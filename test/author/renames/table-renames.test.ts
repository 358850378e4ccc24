import { describe, expect, it } from 'vitest'
import { findTableRenames, moveObject } from '../../../src/author/renames/table-renames.ts'
import { answersOf, planState } from '../../support/plan-state.ts'
import { failureOf } from '../../support/failure.ts'
import type { Answers } from '../../../src/author/answers.ts'
import type { RenameResult } from '../../../src/author/renames/rename.ts'
import type { SchemaEdit } from '../../support/schema-edit.ts'

const user = (name: string, further = ''): string => `model ${name} {\n  id Int @id\n  name String\n  mail String\n${further}}\n`
const log = 'model Log {\n  id Int @id\n  at DateTime\n  level Int\n}\n'

describe('findTableRenames', () => {
  it('takes a created table with half of the columns for a candidate', async () => {
    const { pending } = await find({ before: user('User'), after: user('Person') + log })
    expect(pending).toMatchObject([{ subject: 'User', what: 'model', candidates: [{ name: 'Person', reason: '100 % of the columns are the same' }] }])
  })

  it('takes a table alike in name and few columns for one, and nothing for a table of another kind', async () => {
    const changed = 'model Users {\n  id Int @id\n  name String\n  a Int\n  b Int\n  c Int\n}\n'
    expect((await find({ before: user('User'), after: changed })).pending).toHaveLength(1)
    expect((await find({ before: user('User'), after: log })).pending).toEqual([])
  })

  it('takes the same model in another table or schema for it, whatever its columns', async () => {
    const { pending } = await find({ before: user('User'), after: 'model User {\n  id Int @id\n  other Int\n  @@map("people")\n}' })
    expect(pending).toMatchObject([{ candidates: [{ name: 'User', isSame: true, score: 1 }] }])
  })

  it('carries an answer out, under whichever name the old one was called', async () => {
    const edit = { before: user('User', '  @@map("users")\n'), after: user('Person', '  @@map("people")\n') }
    for (const rename of [{ User: 'Person' }, { users: 'Person' }, { users: 'people' }]) {
      const { renames, pending } = await find(edit, { rename })
      expect(pending).toEqual([])
      expect(renames.map(({ statements, used }) => [statements, used])).toEqual([
        [['ALTER TABLE "users" RENAME TO "people"'], { kind: 'rename', key: Object.keys(rename)[0], subject: 'User', answer: 'Person' }],
      ])
    }
  })

  it('asks nothing about a table that is to be deleted', async () => {
    const edit = { before: user('User'), after: user('Person') }
    expect(await find(edit, { delete: ['User'] })).toEqual({ renames: [], pending: [] })
  })

  it('takes a table that another one is renamed to for nobody else', async () => {
    const edit = { before: user('User') + user('Guest'), after: user('Person') }
    const { renames, pending } = await find(edit, { rename: { User: 'Person' } })
    expect([renames.length, pending.length]).toEqual([1, 0])
  })

  it('refuses a new name that the schema does not have, and says which it has', async () => {
    const failure = await failureOf(() => find({ before: user('User'), after: user('Person') }, { rename: { User: 'Persona' } }))
    expect(failure.code).toBe('AUTHOR_RENAME_TARGET_UNKNOWN')
    expect(failure.details.why).toBe('It adds: Person.')
    expect(failure.details.fix).toContain('--rename User:Person')
  })
})

describe('moveObject', () => {
  it('moves, renames, or both', () => {
    const a = { schema: undefined, name: 'a' }
    expect(moveObject('TABLE', a, { schema: undefined, name: 'b' })).toEqual(['ALTER TABLE "a" RENAME TO "b"'])
    expect(moveObject('TYPE', a, { schema: 's', name: 'a' })).toEqual(['ALTER TYPE "a" SET SCHEMA "s"'])
    expect(moveObject('TABLE', { schema: 's', name: 'a' }, { schema: undefined, name: 'b' })).toEqual([
      'ALTER TABLE "s"."a" SET SCHEMA "public"',
      'ALTER TABLE "a" RENAME TO "b"',
    ])
  })
})

async function find(edit: SchemaEdit, answers?: Partial<Answers>): Promise<RenameResult> {
  const { operations, facts, names } = await planState(edit)
  return findTableRenames(operations, facts, names, answersOf(answers))
}
