import { describe, expect, test } from 'vitest'
import { differenceScript } from '../../src/prisma/engine.ts'
import { readLocalEdit } from '../../src/prisma/local-edit.ts'
import { prepareSchema, type SchemaText } from '../../src/prisma/schema-text.ts'

const base = `datasource db {
  provider = "postgresql"
}

/// Who buys.
model Customer {
  id     Int     @id @default(autoincrement())
  email  String  @unique
  name   String?
  grade  Grade   @default(SILVER)
  orders Order[]

  @@map("customers")
}

model Order {
  id         String   @id @default(cuid())
  total      Float    @default(0) // a comment
  state      State
  placedAt   DateTime @default(now())
  customer   Customer @relation(fields: [customerId], references: [id])
  customerId Int
  tags       Tag[]

  @@index([customerId, state])
}

model Tag {
  id     Int     @id
  label  String
  orders Order[]
}

enum Grade {
  SILVER
  GOLD
}

enum State {
  OPEN
  DONE @map("done")
}
`

function edited(before: string, after: string): SchemaText {
  expect(base).toContain(before)
  return schemaOf(base.replace(before, after))
}

function schemaOf(text: string): SchemaText {
  return prepareSchema([{ path: 'schema.prisma', text }])
}

describe('between the parts the engine finds what it finds between the whole schemas', () => {
  test.each([
    ['an added field', 'label  String', 'label  String\n  colour String?'],
    ['a dropped field', '  name   String?\n', ''],
    ['another type', 'total      Float    @default(0)', 'total      Decimal  @default(0) @db.Decimal(10, 2)'],
    ['another default', '@default(SILVER)', '@default(GOLD)'],
    ['an optional field made required', 'name   String?', 'name   String'],
    ['a field of another name in the database', 'label  String', 'label  String @map("the_label")'],
    ['a field renamed', 'label  String', 'title  String'],
    ['a list', 'label  String', 'label  String[]'],
    ['a unique field', 'label  String', 'label  String @unique'],
    ['an index', '@@index([customerId, state])', '@@index([customerId, state])\n  @@index([placedAt(sort: Desc)], map: "late")'],
    ['an index dropped', '  @@index([customerId, state])\n', ''],
    ['a unique index of several fields', '@@map("customers")', '@@map("customers")\n  @@unique([name, email])'],
    ['an enum value', '  GOLD\n', '  GOLD\n  PLATINUM\n'],
    ['an enum value dropped', '  OPEN\n', ''],
    ['an enum value of another name in the database', '@map("done")', '@map("finished")'],
    ['an enum that nothing uses', 'enum Grade {', 'enum Size {\n  S\n}\n\nenum Grade {'],
    ['a field of a new enum', 'orders Order[]\n}\n\nenum', 'orders Order[]\n  size Size?\n}\n\nenum Size {\n  S\n}\n\nenum'],
    ['a comment', '/// Who buys.', '/// Who pays.'],
    ['nothing', 'label', 'label'],
  ])('%s', async (_, before, after) => {
    const was = schemaOf(base)
    const now = edited(before, after)
    const edit = readLocalEdit(was, now)
    if (edit === undefined) return expect.fail('It is not local.')
    const whole = await differenceScript({ kind: 'schema', schema: was }, now)
    expect(await differenceScript({ kind: 'schema', schema: edit.before }, edit.after)).toBe(whole)
    expect(edit.after.files[0]?.text).not.toMatch(/Customer\s+@relation|Order\[\]/)
  })

  test('models that have nothing to do with it are left out', () => {
    const edit = readLocalEdit(schemaOf(base), edited('label  String', 'label  String?'))
    expect(edit?.after.files[0]?.text).not.toContain('model Order')
  })

  test('models of an enum that changed are not', () => {
    const edit = readLocalEdit(schemaOf(base), edited('  GOLD\n', ''))
    expect(edit?.after.files[0]?.text).toContain('model Customer')
  })
})

describe('what relations or other models depend on is not local', () => {
  test.each([
    ['a new model', 'enum Grade {', 'model Note {\n  id Int @id\n}\n\nenum Grade {'],
    ['a dropped model', /model Tag \{[^}]*\}/.exec(base)?.[0] ?? '', ''],
    ['a renamed model', 'model Tag {', 'model Label {'],
    ['another table name', '@@map("customers")', '@@map("clients")'],
    ['a new relation', 'tags       Tag[]', 'tags       Tag[]\n  firstTag Tag? @relation("first")'],
    ['another rule of a relation', 'references: [id])', 'references: [id], onDelete: Cascade)'],
    ['the field that holds a foreign key', 'customerId Int\n', 'customerId Int?\n'],
    ['the field that a foreign key points at', 'id     Int     @id @default(autoincrement())', 'id     BigInt  @id @default(autoincrement())'],
    ['another default of a primary key', 'id         String   @id @default(cuid())', 'id         String   @id @default(uuid())'],
    ['another datasource', 'provider = "postgresql"', 'provider = "postgresql"\n  relationMode = "prisma"'],
    ['a generator', '/// Who buys.', 'generator client {\n  provider = "prisma-client"\n}\n'],
  ])('%s', (_, before, after) => {
    expect(readLocalEdit(schemaOf(base), edited(before, after))).toBeUndefined()
  })

  test('a name that stands twice is left to the engine', () => {
    expect(readLocalEdit(schemaOf(base), schemaOf(`${base}\nmodel Tag {\n  id Int @id\n}\n`))).toBeUndefined()
  })
})

test('a field whose type is a view is a relation too', () => {
  const view = 'view Report {\n  orderId String @unique\n  order Order @relation(fields: [orderId], references: [id])\n}\n'
  const whole = base.replace('tags       Tag[]', 'tags       Tag[]\n  report Report?') + view
  const edit = readLocalEdit(schemaOf(whole), schemaOf(whole.replace('state      State', 'state      State?')))
  expect(edit?.after.files[0]?.text).not.toContain('Report')
})
