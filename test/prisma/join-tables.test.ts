import { describe, expect, it } from 'vitest'
import { readDataModel } from '../../src/prisma/data-model.ts'
import { differenceScript } from '../../src/prisma/engine.ts'
import { readJoinTables } from '../../src/prisma/join-tables.ts'
import { prepareSchema } from '../../src/prisma/schema-text.ts'
import { schemaOf } from '../support/schema-edit.ts'

describe('readJoinTables', () => {
  it('orders the columns by the names of the models, and of the fields where both are one', () => {
    expect(
      read(`
model post {
  id   Int   @id
  tags Tag[]
}
model Tag {
  id      Int    @id
  posts   post[]
  wider   Tag[]  @relation("tree")
  narrow  Tag[]  @relation("tree")
}`),
    ).toEqual([
      ['_Tagopost'.replace('Tagopost', 'TagTopost'), 'Tag.posts', 'post.tags', false],
      ['_tree', 'Tag.narrow', 'Tag.wider', true],
    ])
  })

  it('tells several relations of the same models apart, and explicit join models from implicit ones', () => {
    expect(
      read(`
model A {
  id   Int  @id
  one  B[]  @relation("one")
  two  B[]  @relation(name: "two")
  rows AB[]
}
model B {
  id   Int  @id
  one  A[]  @relation("one")
  two  A[]  @relation("two")
  rows AB[]
}
model AB {
  aId Int
  bId Int
  a   A @relation(fields: [aId], references: [id])
  b   B @relation(fields: [bId], references: [id])
  @@id([aId, bId])
}`),
    ).toEqual([
      ['_one', 'A.one', 'B.one', true],
      ['_two', 'A.two', 'B.two', true],
    ])
  })

  it('agrees with the tables that Prisma makes', async () => {
    const models = `
datasource db {
  provider = "postgresql"
  schemas  = ["public", "audit"]
}
model b {
  id Int @id
  as A[]
  cs c[] @relation("rel")
  @@schema("public")
}
model A {
  id BigInt @id
  bs b[]
  @@map("mapped")
  @@schema("audit")
}
model c {
  id Int @id
  bs b[] @relation("rel")
  @@schema("audit")
}`
    const script = await differenceScript({ kind: 'nothing' }, prepareSchema(schemaOf(models)))
    const made = [...script.matchAll(/CREATE TABLE (?:"(\w+)"\.)?"(_\w+)"/g)].map(([, schema = 'public', name]) => `${schema}.${name ?? ''}`)
    const joins = readJoinTables(readDataModel(schemaOf(models)))
    expect(joins.map(({ schema, table }) => `${schema ?? ''}.${table}`).sort()).toEqual(made.sort())
    for (const { table, a, b } of joins) {
      expect(script).toMatch(new RegExp(`"${table}_A_fkey" FOREIGN KEY \\("A"\\) REFERENCES (?:"audit"\\.)?"${a.model.table}"`))
      expect(script).toMatch(new RegExp(`"${table}_B_fkey" FOREIGN KEY \\("B"\\) REFERENCES (?:"audit"\\.)?"${b.model.table}"`))
    }
  })
})

function read(models: string): readonly (readonly [string, string, string, boolean])[] {
  return readJoinTables(readDataModel(schemaOf(models))).map(
    ({ table, a, b, isNamed }) => [table, `${a.model.name}.${a.field}`, `${b.model.name}.${b.field}`, isNamed] as const,
  )
}
