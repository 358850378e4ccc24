import { describe, expect, it } from 'vitest'
import { decideFills } from '../../../src/author/decisions/fills.ts'
import { openKey } from '../../../src/author/renames/rename.ts'
import { decisionInput, sqlOf } from '../../support/plan-state.ts'
import { carryOut, planEdit, type SchemaEdit } from '../../support/schema-edit.ts'

const model = (...fields: readonly string[]): string => `model U {\n  id Int @id\n  ${fields.join('\n  ')}\n}\n`

describe('decideFills', () => {
  it('asks about new required fields without a default and about optional ones that became required', async () => {
    const before = model('a Int?', 'kept Int?')
    const after = model('a Int', 'kept Int?', 'b String', 'c String?', 'd Int @default(1)', 'e Int @default(autoincrement())')
    const { questions } = decideFills(await decisionInput({ before, after }))
    expect(questions.map(({ subject, message }) => [subject, message])).toEqual([
      ['U.b', 'The new field U.b is required. What do existing rows get?'],
      ['U.a', 'The field U.a is now required. What do rows get in which it is NULL?'],
    ])
  })

  it('asks nothing while a rename is open of the model whose row it needs; of the field itself, says so', async () => {
    const edit = {
      before: model('x Int?'),
      after: `${model('oId Int', 'o O @relation(fields: [oId], references: [id])', 'n Int')}model O {\n  id Int @id\n  us U[]\n}`,
    }
    const input = await decisionInput(edit)
    expect(decideFills(input).questions.map(({ subject }) => subject)).toEqual(['U.n', 'U.oId'])
    const open = [openKey({ schema: undefined, name: 'O' }), openKey({ schema: undefined, name: 'U' }, 'n')]
    const { questions } = decideFills({ ...input, open })
    expect(questions).toMatchObject([{ subject: 'U.n', unlessRenamed: true }])
    expect(questions[0]?.message).toBe(
      'Unless it is the new name of another field: the new field U.n is required. What do existing rows get?',
    )
    expect(decideFills({ ...input, draft: true }).questions).toEqual([])
  })

  it('adds the columns, fills each table once, and demands afterwards', async () => {
    const answers = { fill: { 'U.b': 'lower(a)', 'U.c': '1', 'U.a': "'?'" } }
    const decided = decideFills(await decisionInput({ before: model('a String?'), after: model('a String', 'b String', 'c Int? @default(3)'), answers }))
    expect(sqlOf(decided.first)).toEqual([
      'ALTER TABLE "U" ADD COLUMN     "b" TEXT,\nADD COLUMN     "c" INTEGER',
      'UPDATE "U" SET "b" = (lower(a)), "c" = (1)',
    ])
    expect(sqlOf(decided.operations)).toEqual([
      `UPDATE "U" SET "a" = ('?') WHERE "a" IS NULL`,
      'ALTER TABLE "U" ALTER COLUMN "b" SET NOT NULL,\nALTER COLUMN "c" SET DEFAULT 3,\nALTER COLUMN "a" SET NOT NULL',
    ])
    expect(decided.used.map(({ key }) => key).toSorted()).toEqual(['U.a', 'U.b', 'U.c'])
  })

  it('gives a column its new type before it fills its NULLs with a value of that type', async () => {
    const answers = { fill: { 'U.a': "'none'" }, cast: { 'U.a': '"a"::TEXT' } }
    const { operations } = decideFills(await decisionInput({ before: model('a DateTime?'), after: model('a String'), answers }))
    expect(sqlOf(operations)).toEqual([
      'ALTER TABLE "U" ALTER COLUMN "a" SET DATA TYPE TEXT',
      `UPDATE "U" SET "a" = ('none') WHERE "a" IS NULL`,
      'ALTER TABLE "U" ALTER COLUMN "a" SET NOT NULL',
    ])
  })

  it('takes `none` for what the engine wrote, which stops where a row needs a value', async () => {
    const edit = { before: model('x Int'), after: model('x Int', 'b String'), answers: { fill: { 'U.b': 'none' } } }
    expect((await planEdit(edit)).sql).toContain('ADD COLUMN     "b" TEXT NOT NULL;')
    await expect(carryOut({ ...edit, rows: 'INSERT INTO "U" VALUES (1, 1)' })).rejects.toMatchObject({ code: 'STATEMENT_FAILED' })
    expect((await carryOut(edit)).left).toBe('')
  })
})

describe('a fill', () => {
  const filled = async (edit: SchemaEdit, query = 'SELECT * FROM "U" ORDER BY id'): Promise<readonly unknown[]> => {
    const { connection, left } = await carryOut(edit)
    expect(left).toBe('')
    const { rows } = await connection.query<Readonly<Record<string, unknown>>>(query)
    return rows
  }

  it('sees the row as it was: columns that go, columns whose type changes, other tables', async () => {
    const rows = await filled({
      before: `${model('name String', 'price String')}model Rate {\n  id Int @id\n  value Int\n}`,
      after: `${model('first String', 'last String', 'price Decimal @db.Decimal(8, 2)', 'currency String', 'rate Int')}model Rate {\n  id Int @id\n  value Int\n}`,
      answers: {
        delete: ['U.name'],
        cast: { 'U.price': "split_part(price, ' ', 1)::numeric" },
        fill: {
          'U.first': "split_part(name, ' ', 1)",
          'U.last': "split_part(name, ' ', 2)",
          'U.currency': "split_part(price, ' ', 2)",
          'U.rate': '(SELECT value FROM "Rate" r WHERE r.id = "U".id)',
        },
      },
      rows: `INSERT INTO "U" VALUES (1, 'Ada Birch', '12.50 EUR'); INSERT INTO "Rate" VALUES (1, 7)`,
    })
    expect(rows).toEqual([{ id: 1, price: '12.50', currency: 'EUR', first: 'Ada', last: 'Birch', rate: 7 }])
  })

  it.each([
    ['a new enum', model('x Int'), `${model('x Int', 'r Role')}enum Role {\n  A\n  B\n}`, {}, { id: 1, x: 1, r: 'B' }],
    [
      'a new value of an enum',
      `${model('x Int', 'o Role?')}enum Role {\n  A\n}`,
      `${model('x Int', 'o Role?', 'r Role')}enum Role {\n  A\n  B\n}`,
      {},
      { id: 1, x: 1, o: null, r: 'B' },
    ],
    [
      'an enum that loses another value',
      `${model('x Int', 'o Role?')}enum Role {\n  A\n  OLD\n}`,
      `${model('x Int', 'o Role?', 'r Role')}enum Role {\n  A\n  B\n}`,
      { map: { 'Role.OLD': 'A' } },
      { id: 1, x: 1, o: null, r: 'B' },
    ],
  ])('may give %s', async (_, before, after, answers, row) => {
    const edit = { before, after, answers: { ...answers, fill: { 'U.r': "'B'" } }, rows: 'INSERT INTO "U" (id, x) VALUES (1, 1)' }
    expect(await filled(edit)).toEqual([row])
  })

  it('gives the NULLs of a field a new value of its enum, and of a field the type that it gets', async () => {
    const enums = (...values: readonly string[]): string => `enum Role {\n  ${values.join('\n  ')}\n}`
    const rows = await filled({
      before: model('r Role?', 'n String?') + enums('A', 'OLD'),
      after: model('r Role', 'n Int') + enums('A', 'B'),
      answers: { map: { 'Role.OLD': 'A' }, fill: { 'U.r': "'B'", 'U.n': '-1' }, cast: { 'U.n': 'n::int' } },
      rows: `INSERT INTO "U" VALUES (1, NULL, NULL), (2, 'OLD', '5')`,
    })
    expect(rows).toEqual([{ id: 1, r: 'B', n: -1 }, { id: 2, r: 'A', n: 5 }])
  })

  it('is not left behind as a default', async () => {
    const { connection } = await carryOut({
      before: model('x Int'),
      after: model('x Int', 'b String', 'c Int @default(9)'),
      answers: { fill: { 'U.b': "'b'", 'U.c': '5' } },
      rows: 'INSERT INTO "U" VALUES (1, 1)',
    })
    const { rows } = await connection.query(
      `SELECT column_name AS name, column_default AS initial FROM information_schema.columns WHERE table_name = 'U' AND column_name IN ('b', 'c') ORDER BY 1`,
    )
    expect(rows).toEqual([{ name: 'b', initial: null }, { name: 'c', initial: '9' }])
    expect((await connection.query('SELECT c FROM "U"')).rows).toEqual([{ c: 5 }])
  })
})
