import { describe, expect, it } from 'vitest'
import { findRenames, type FoundRenames } from '../../../src/author/renames/find-renames.ts'
import type { Answers } from '../../../src/author/answers.ts'
import { failureOf } from '../../support/failure.ts'
import { answersOf, planState } from '../../support/plan-state.ts'
import type { SchemaEdit } from '../../support/schema-edit.ts'

const edit = {
  before: 'model User {\n  id Int @id\n  name String\n  role Role\n}\nenum Role {\n  A\n  B\n}\n',
  after: 'model Person {\n  id Int @id\n  fullName String\n  role Rank\n}\nenum Rank {\n  A\n  B\n}\n',
}

describe('findRenames', () => {
  it('carries tables and enums out before it looks at columns', async () => {
    const found = await find(edit, { rename: { User: 'Person', Role: 'Rank', 'User.name': 'fullName' } })
    expect(found.renames.flatMap(({ statements }) => statements)).toEqual([
      'ALTER TABLE "User" RENAME TO "Person"',
      'ALTER TYPE "Role" RENAME TO "Rank"',
    ])
    expect(found.questions).toEqual([])
  })

  it('holds back everything that an open question is about', async () => {
    const found = await find(edit, {})
    expect(found.questions.map(({ subject }) => subject)).toEqual(['User', 'Role'])
    expect(found.open.map((key) => JSON.parse(key) as unknown)).toEqual([
      [null, 'User'],
      [null, 'Person'],
      [null, 'Role'],
      [null, 'Rank'],
    ])
  })

  it('refuses two renames to the same', async () => {
    const two = { before: 'model A {\n  id Int @id\n  x Int\n  y Int\n}\n', after: 'model A {\n  id Int @id\n  z Int\n}\n' }
    const failure = await failureOf(() => find(two, { rename: { 'A.x': 'z', 'A.y': 'z' } }))
    expect([failure.code, failure.message]).toEqual(['AUTHOR_RENAME_TWICE', 'A.x and A.y cannot both be renamed to z.'])
  })
})

async function find(change: SchemaEdit, answers: Partial<Answers>): Promise<FoundRenames> {
  return findRenames({ ...(await planState(change)), answers: answersOf(answers) })
}
