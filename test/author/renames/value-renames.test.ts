import { describe, expect, it } from 'vitest'
import type { Answers } from '../../../src/author/answers.ts'
import type { RenameResult } from '../../../src/author/renames/rename.ts'
import { findValueRenames } from '../../../src/author/renames/value-renames.ts'
import { failureOf } from '../../support/failure.ts'
import { answersOf, planState } from '../../support/plan-state.ts'
import { carryOut, type SchemaEdit } from '../../support/schema-edit.ts'

const role = (...values: readonly string[]): string =>
  `model T {\n  id Int @id\n  role Role @default(USER)\n}\nenum Role {\n  ${values.join('\n  ')}\n}\n`

describe('findValueRenames', () => {
  it('offers every new value, the likelier name with more, and what rows could get instead', async () => {
    const { pending } = await find({ before: role('USER', 'ADMIN'), after: role('USER', 'ADMINISTRATOR', 'GUEST') })
    expect(pending).toMatchObject([
      {
        subject: 'Role.ADMIN',
        what: 'enum value',
        candidates: [{ name: 'ADMINISTRATOR' }, { name: 'GUEST' }],
        others: [{ kind: 'map', answer: 'USER' }, { kind: 'map', answer: 'ADMINISTRATOR' }, { kind: 'map', answer: 'GUEST' }],
      },
    ])
    const [first, second] = pending[0]?.candidates ?? []
    expect(first?.score).toBeGreaterThan(second?.score ?? 1)
  })

  it('asks nothing where no value came, and nothing about one that is mapped or deleted', async () => {
    const edit = { before: role('USER', 'ADMIN'), after: role('USER', 'ROOT') }
    expect((await find({ ...edit, after: role('USER') })).pending).toEqual([])
    expect((await find(edit, { map: { 'Role.ADMIN': 'USER' } })).pending).toEqual([])
    expect((await find(edit, { delete: ['Role.ADMIN'] })).pending).toEqual([])
  })

  it('renames by the names of the schema what has others in the database', async () => {
    const edit = { before: role('USER', 'ADMIN @map("the admin")'), after: role('USER', 'ROOT @map("the root")') }
    const { renames } = await find(edit, { rename: { 'Role.ADMIN': 'ROOT' } })
    expect(renames.map(({ statements, used }) => [statements, used?.answer])).toEqual([
      [[`ALTER TYPE "Role" RENAME VALUE 'the admin' TO 'the root'`], 'ROOT'],
    ])
  })

  it('refuses an unknown new name', async () => {
    const edit = { before: role('USER', 'ADMIN'), after: role('USER', 'ROOT') }
    const failure = await failureOf(() => find(edit, { rename: { 'Role.ADMIN': 'BOSS' } }))
    expect([failure.code, failure.details.why]).toEqual(['AUTHOR_RENAME_TARGET_UNKNOWN', 'It adds: ROOT.'])
  })

  it('keeps the rows and takes the default along', async () => {
    const { plan, connection, left } = await carryOut({
      before: role('USER', 'ADMIN'),
      after: 'model T {\n  id Int @id\n  role Role @default(MEMBER)\n}\nenum Role {\n  MEMBER\n  ADMIN\n}',
      answers: { rename: { 'Role.USER': 'MEMBER' } },
      rows: `INSERT INTO "T" (id) VALUES (1)`,
    })
    expect(plan.sql).toBe(`-- tide: rename Role.USER:MEMBER\n\n-- Rename\nALTER TYPE "Role" RENAME VALUE 'USER' TO 'MEMBER';\n`)
    expect((await connection.query('INSERT INTO "T" (id) VALUES (2)')).rowCount).toBe(1)
    expect((await connection.query('SELECT DISTINCT role FROM "T"')).rows).toEqual([{ role: 'MEMBER' }])
    expect(left).toBe('')
  })
})

async function find(edit: SchemaEdit, answers?: Partial<Answers>): Promise<RenameResult> {
  const { operations, facts, names } = await planState(edit)
  return findValueRenames(operations, facts, names, answersOf(answers))
}
