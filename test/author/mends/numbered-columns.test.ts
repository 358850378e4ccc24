import { describe, expect, it } from 'vitest'
import { mendNumberedColumns } from '../../../src/author/mends/numbered-columns.ts'
import { factsOf, operationsOf, sqlOf } from '../../support/plan-state.ts'
import { carryOut } from '../../support/schema-edit.ts'

describe('mendNumberedColumns', () => {
  it('makes a sequence for a column that has none, and goes on after its rows', async () => {
    const operations = await operationsOf('ALTER TABLE "s"."A" ALTER COLUMN "n" SET DATA TYPE BIGSERIAL')
    const facts = { ...factsOf({ A: { n: { type: 'bigint' } } }), schema: 's' }
    expect(sqlOf(mendNumberedColumns(operations, facts))).toEqual([
      'CREATE SEQUENCE "s"."A_n_seq"',
      `ALTER TABLE "s"."A" ALTER COLUMN "n" SET DATA TYPE BIGINT,\nALTER COLUMN "n" SET DEFAULT nextval('"s"."A_n_seq"')`,
      'ALTER SEQUENCE "s"."A_n_seq" OWNED BY "s"."A"."n"',
      `SELECT setval('"s"."A_n_seq"', GREATEST((SELECT max("n") FROM "s"."A"), 0) + 1, false)`,
    ])
  })

  it('keeps the sequence that a column has, and gives it the new type', async () => {
    const operations = await operationsOf('ALTER TABLE "A" ALTER COLUMN "id" SET DATA TYPE BIGSERIAL')
    const facts = factsOf({ A: { id: { type: 'integer', defaultText: `nextval('"A_id_seq"'::regclass)` } } })
    expect(sqlOf(mendNumberedColumns(operations, facts))).toEqual([
      'ALTER TABLE "A" ALTER COLUMN "id" SET DATA TYPE BIGINT',
      'ALTER SEQUENCE "A_id_seq" AS BIGINT',
    ])
  })

  it('makes no second sequence where the engine makes one', async () => {
    const operations = await operationsOf(
      `CREATE SEQUENCE a_n_seq; ALTER TABLE "A" ALTER COLUMN "n" SET DEFAULT nextval('a_n_seq'), ALTER COLUMN "n" SET DATA TYPE BIGSERIAL`,
    )
    expect(sqlOf(mendNumberedColumns(operations, factsOf({ A: { n: { type: 'integer' } } })))).toEqual([
      'CREATE SEQUENCE a_n_seq',
      `ALTER TABLE "A" ALTER COLUMN "n" SET DEFAULT nextval('a_n_seq'),\nALTER COLUMN "n" SET DATA TYPE BIGINT`,
      `SELECT setval('a_n_seq', GREATEST((SELECT max("n") FROM "A"), 0) + 1, false)`,
    ])
  })

  it('leaves everything else as it is', async () => {
    const operations = await operationsOf('ALTER TABLE "A" ALTER COLUMN "n" SET DATA TYPE BIGINT, ALTER COLUMN "n" SET DEFAULT 1')
    expect(mendNumberedColumns(operations, factsOf())).toEqual(operations)
  })
})

describe('a field that becomes autoincrement()', () => {
  const rows = 'INSERT INTO "A" VALUES (1, 10), (2, 30)'

  it.each([
    ['an integer', 'n Int', 'n Int @default(autoincrement())'],
    ['a bigint', 'n BigInt', 'n BigInt @default(autoincrement())'],
    ['an integer that also grows', 'n Int', 'n BigInt @default(autoincrement())'],
  ])('numbers the next row after the largest: %s', async (_, before, after) => {
    const model = (field: string): string => `model A {\n  id Int @id\n  ${field}\n}`
    const { connection, left } = await carryOut({ before: model(before), after: model(after), rows })
    const { rows: added } = await connection.query('INSERT INTO "A" (id) VALUES (3) RETURNING n::int')
    expect(added).toEqual([{ n: 31 }])
    expect(left).toBe('')
  })

  it('starts at 1 in a table without rows', async () => {
    const { connection } = await carryOut({
      before: 'model A {\n  id Int @id\n}',
      after: 'model A {\n  id Int @id @default(autoincrement())\n}',
    })
    expect((await connection.query('INSERT INTO "A" DEFAULT VALUES RETURNING id')).rows).toEqual([{ id: 1 }])
  })

  it('grows with its sequence, its key and the foreign keys that point to it', async () => {
    const model = (type: string): string =>
      `model A {\n  id ${type} @id @default(autoincrement())\n  bs B[]\n}\nmodel B {\n  id Int @id\n  aId ${type}\n  a A @relation(fields: [aId], references: [id])\n}`
    const { plan, connection, left } = await carryOut({
      before: model('Int'),
      after: model('BigInt'),
      rows: 'INSERT INTO "A" DEFAULT VALUES; INSERT INTO "B" VALUES (1, 1)',
    })
    expect(plan.sql).not.toContain('PRIMARY KEY')
    await connection.query(`SELECT setval('"A_id_seq"', 3000000000)`)
    expect((await connection.query('INSERT INTO "A" DEFAULT VALUES RETURNING id')).rows).toEqual([{ id: '3000000001' }])
    expect(left).toBe('')
  })
})
