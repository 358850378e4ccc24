import { describe, expect, it } from 'vitest'
import type { Answers } from '../../../src/author/answers.ts'
import { findColumnRenames, replacedColumns } from '../../../src/author/renames/column-renames.ts'
import type { RenameResult } from '../../../src/author/renames/rename.ts'
import { failureOf } from '../../support/failure.ts'
import { answersOf, operationsOf, planState } from '../../support/plan-state.ts'
import { carryOut, type SchemaEdit } from '../../support/schema-edit.ts'

const model = (...fields: readonly string[]): string => `model User {\n  id Int @id\n  ${fields.join('\n  ')}\n}\n`

describe('findColumnRenames', () => {
  it('takes a new column of the same family for a candidate, the likelier name with more', async () => {
    const { pending } = await find({ before: model('name String'), after: model('fullName String?', 'city String?', 'age Int?') })
    expect(pending.map(({ subject, what }) => [subject, what])).toEqual([['User.name', 'field']])
    const scores = Object.fromEntries(pending[0]?.candidates.map(({ name, score }) => [name, score]) ?? [])
    expect(Object.keys(scores)).toEqual(['city', 'fullName'])
    expect(scores['fullName']).toBeGreaterThan(scores['city'] ?? 1)
  })

  it('takes a column of another type only where the names are alike', async () => {
    const alike = await find({ before: model('ageText String'), after: model('age Int?') })
    expect(alike.pending).toMatchObject([{ candidates: [{ name: 'age', reason: 'INTEGER; it was text' }] }])
    expect((await find({ before: model('ageText String'), after: model('born DateTime?') })).pending).toEqual([])
  })

  it('takes the same field under another @map for it', async () => {
    const { pending } = await find({ before: model('name String'), after: model('name Int? @map("n")') })
    expect(pending).toMatchObject([{ subject: 'User.name', candidates: [{ name: 'name', isSame: true, score: 1 }] }])
  })

  it('takes a filled field, or one that another was renamed to, for nobody', async () => {
    const edit = { before: model('a String', 'b String'), after: model('c String', 'd String') }
    const { renames, pending } = await find(edit, { rename: { 'User.a': 'c' }, fill: { 'User.d': "''" } })
    expect([renames.length, pending.length]).toEqual([1, 0])
  })

  it('does not take a generated column for one that was renamed', async () => {
    const byHand = 'ALTER TABLE "User" ADD COLUMN g int GENERATED ALWAYS AS (id * 2) STORED'
    const edit = { before: model('a Int'), after: model('a Int', 'h Int?'), byHand, isPreviousUnknown: true }
    expect((await find(edit)).pending).toEqual([])
  })

  it('carries an answer out under whichever name the old column was called', async () => {
    const edit = { before: model('name String @map("n")'), after: model('fullName String @map("full name")') }
    for (const key of ['User.name', 'User.n']) {
      const { renames } = await find(edit, { rename: { [key]: 'fullName' } })
      expect(renames.map(({ statements, used }) => [statements, used])).toEqual([
        [['ALTER TABLE "User" RENAME COLUMN "n" TO "full name"'], { kind: 'rename', key, subject: 'User.name', answer: 'fullName' }],
      ])
    }
  })

  it('refuses a new name that the schema does not add there', async () => {
    const edit = { before: model('name String'), after: model('fullName String') }
    const failure = await failureOf(() => find(edit, { rename: { 'User.name': 'nickname' } }))
    expect([failure.code, failure.details.why]).toEqual(['AUTHOR_RENAME_TARGET_UNKNOWN', 'It adds: fullName.'])
  })

  it('takes indexes, unique and foreign keys over several columns along', async () => {
    const schema = (a: string, b: string): string =>
      `model Org {\n  ${a} Int\n  ${b} Int\n  us U[]\n  @@id([${a}, ${b}])\n}\nmodel U {\n  id Int @id\n  o${a} Int\n  o${b} Int\n  role String\n  org Org @relation(fields: [o${a}, o${b}], references: [${a}, ${b}])\n  @@unique([o${a}, o${b}, role])\n  @@index([role, o${b}])\n}\n`
    const { plan, connection, left } = await carryOut({
      before: schema('a', 'b'),
      after: schema('x', 'y'),
      answers: { rename: { 'Org.a': 'x', 'Org.b': 'y', 'U.oa': 'ox', 'U.ob': 'oy' } },
      rows: `INSERT INTO "Org" VALUES (1, 2); INSERT INTO "U" VALUES (1, 1, 2, 'r')`,
    })
    expect(plan.sql).not.toMatch(/DROP|CREATE|ADD/)
    expect((await connection.query('SELECT * FROM "U"')).rows).toEqual([{ id: 1, ox: 1, oy: 2, role: 'r' }])
    expect(left).toBe('')
  })
})

describe('replacedColumns', () => {
  it('leaves out what is dropped and added under the same name', async () => {
    const [operation] = await operationsOf('ALTER TABLE "A" DROP COLUMN "a", DROP COLUMN "b", ADD COLUMN "b" TEXT, ADD COLUMN "c" TEXT')
    const { dropped, added } = replacedColumns(operation?.kind === 'alter-table' ? operation.clauses : [])
    expect([dropped, added.map(({ column }) => column)]).toEqual([['a'], ['c']])
  })
})

async function find(edit: SchemaEdit, answers?: Partial<Answers>): Promise<RenameResult> {
  const { operations, facts, names } = await planState(edit)
  return findColumnRenames(operations, facts, names, answersOf(answers))
}
