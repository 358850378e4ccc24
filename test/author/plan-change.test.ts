import { expect, test } from 'vitest'
import { connect } from '../../src/postgres/connect.ts'
import { carryOut, createSchemaDatabase, planEdit } from '../support/schema-edit.ts'
import { failureOf } from '../support/failure.ts'
import { noAnswers } from '../../src/author/answers.ts'

const before = 'model User {\n  id Int @id\n  name String\n}\n'
const renamed = 'model User {\n  id Int @id\n  fullName String\n}\n'

test('asks whether a field was renamed, with its rows, and writes nothing until it is answered', async () => {
  const url = await createSchemaDatabase(before, `INSERT INTO "User" VALUES (1, 'Ada'), (2, 'Ben')`)
  const data = await connect(url)
  const plan = await planEdit({ before, after: renamed }, data)
  await data.end()
  expect(plan.sql).toBe('')
  expect(plan.questions).toMatchObject([
    { kind: 'rename', subject: 'User.name', rows: 2, flag: '--rename User.name:fullName' },
    { kind: 'fill', subject: 'User.fullName', rows: 2, unlessRenamed: true },
  ])
})

test('an answered rename keeps the values and leaves nothing to do', async () => {
  const answers = { ...noAnswers, rename: { 'User.name': 'fullName' } }
  const rows = `INSERT INTO "User" VALUES (1, 'Ada')`
  const { plan, connection, left } = await carryOut({ before, after: renamed, answers, rows })
  expect(plan.sql).toContain('ALTER TABLE "User" RENAME COLUMN "name" TO "fullName"')
  expect((await connection.query('SELECT * FROM "User"')).rows).toEqual([{ id: 1, fullName: 'Ada' }])
  expect(left).toBe('')
})

test('a fill and a cast may call what the same edit renames by its old name', async () => {
  const rows = `INSERT INTO "Item" VALUES (1, 'ada', '7')`
  const { plan, connection, left } = await carryOut({
    before: 'model Item {\n  id Int @id\n  name String\n  size String\n}\n',
    after: 'model Product {\n  id Int @id\n  title String\n  length Int\n  shout String\n}\n',
    answers: {
      rename: { Item: 'Product', 'Product.name': 'title', 'Product.size': 'length' },
      fill: { 'Item.shout': 'upper("Item".name) || size' },
      cast: { 'Product.length': 'size::int * 2' },
    },
    rows,
  })
  expect((await connection.query('SELECT * FROM "Product"')).rows).toEqual([{ id: 1, title: 'ada', length: 14, shout: 'ADA7' }])
  expect(plan.sql).toContain(`-- tide: cast Product.length="size::int * 2"`)
  expect(left).toBe('')
})

test('an index that the schema never knew is left alone, and told', async () => {
  const byHand = 'CREATE INDEX by_hand ON "User" USING hash ("name")'
  const after = 'model User {\n  id Int @id\n  name String\n  nick String?\n}\n'
  const plan = await planEdit({ before, after, byHand })
  expect(plan.sql).toContain('ADD COLUMN     "nick" TEXT')
  expect(plan.sql).not.toContain('DROP')
  expect(plan.notes.join()).toContain('by_hand')
})

test('a name that the engine does not quote is named, with what to do', async () => {
  const after = before.replace('name String', 'name String @map("na\\"me")')
  const failure = await failureOf(() => planEdit({ before, after }))
  expect(failure.code).toBe('PRISMA_NAME_QUOTED')
  expect(`${failure.message} ${failure.details.fix ?? ''}`).toMatch(/na"me\. Take the quote out of @map/)
})
