import { describe, expect, it } from 'vitest'
import { type DataModel, readDataModel } from '../../src/prisma/data-model.ts'

describe('readDataModel', () => {
  it('reads names in the schema and in the database', () => {
    const { models, enums } = read(`
model User {
  id       Int    @id @map("user_id")
  fullName String @map(name: "full_name") @db.VarChar(20)
  role     Role?

  @@map("users")
  @@schema("auth")
}

enum Role {
  ADMIN @map("admin")
  USER

  @@map(name: "user_role")
  @@schema("auth")
}`)
    const [user] = models
    expect([user?.name, user?.table, user?.schema, user?.isView]).toEqual(['User', 'users', 'auth', false])
    expect(user?.fields.map(({ name, column, type }) => [name, column, type])).toEqual([
      ['id', 'user_id', 'Int'],
      ['fullName', 'full_name', 'String'],
      ['role', 'role', 'Role'],
    ])
    expect(enums).toEqual([
      {
        name: 'Role',
        databaseName: 'user_role',
        schema: 'auth',
        values: [
          { name: 'ADMIN', databaseName: 'admin' },
          { name: 'USER', databaseName: 'USER' },
        ],
      },
    ])
  })

  it('gives a relation field no column, and the name of its relation', () => {
    const [post, user] = read(`
model Post {
  id       Int    @id
  authorId Int
  author   User   @relation("written", fields: [authorId], references: [id], map: "fk")
  editor   User?  @relation(name: "edited", fields: [authorId], references: [id])
  tags     User[]
}
model User {
  id    Int    @id
  posts Post[] @relation("written")
}`).models
    const facts = post?.fields.map((one) => [one.name, one.column, one.isList, one.isRequired, one.relationName])
    expect(facts).toEqual([
      ['id', 'id', false, true, undefined],
      ['authorId', 'authorId', false, true, undefined],
      ['author', undefined, false, true, 'written'],
      ['editor', undefined, false, false, 'edited'],
      ['tags', undefined, true, false, undefined],
    ])
    expect(user?.fields[1]?.column).toBeUndefined()
    expect(post?.fields.map((one) => one.relationFields)).toEqual([[], [], ['authorId'], ['authorId'], []])
  })

  it('reads arity, defaults and @updatedAt', () => {
    const [model] = read(`
model A {
  id     String    @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  list   Int[]     @default([1, 2])
  text   String    @default("a ) \\" // no comment { }")
  at     DateTime  @default(now()) @updatedAt
  maybe  Json?
}`).models
    const facts = model?.fields.map((one) => [one.name, one.defaultText, one.isUpdatedAt, one.isList, one.isRequired])
    expect(facts).toEqual([
      ['id', 'dbgenerated("gen_random_uuid()")', false, false, true],
      ['list', '[1, 2]', false, true, false],
      ['text', '"a ) \\" // no comment { }"', false, false, true],
      ['at', 'now()', true, false, true],
      ['maybe', undefined, false, false, false],
    ])
  })

  it('is not misled by comments, strings with // and braces, and attributes over several lines', () => {
    const [model, other] = read(`
/// model Old { id Int @id }
model A { // the { first
  /// id of it
  id  Int @id // @map("no")
  url String @default("http://example.org/{id}") @map("web // url")
  /* not here
  gone String
  */
  owner User @relation(
    fields: [ownerId], // who
    references: [id],
    map: "a_owner"
  )
  ownerId Int @map(
    "owner_id"
  )
  // @@map("wrong")
  @@map("a")
}
model User {
  id Int @id
  as A[]
}`).models
    expect([model?.name, model?.table]).toEqual(['A', 'a'])
    expect(model?.fields.map(({ name, column }) => [name, column])).toEqual([
      ['id', 'id'],
      ['url', 'web // url'],
      ['owner', undefined],
      ['ownerId', 'owner_id'],
    ])
    expect(other?.fields.map(({ name }) => name)).toEqual(['id', 'as'])
  })

  it('reads types that Prisma does not support, views and files that refer to each other', () => {
    const { models } = readDataModel([
      { path: 'a.prisma', text: 'model A {\n  id Int @id\n  doc Unsupported("tsvector")? @map("d")\n  box Unsupported("geometry(Point, 4326)")\n}' },
      { path: 'b.prisma', text: 'view Summary {\n  id Int @unique\n  a A? @relation(fields: [id], references: [id])\n  @@map("summary")\n}' },
    ])
    expect(models[0]?.fields.map(({ name, column, isRequired }) => [name, column, isRequired])).toEqual([
      ['id', 'id', true],
      ['doc', 'd', false],
      ['box', 'box', true],
    ])
    expect(models[1]).toMatchObject({ name: 'Summary', table: 'summary', isView: true })
    expect(models[1]?.fields[1]?.column).toBeUndefined()
  })

  it('reads names beyond ASCII and Windows line ends', () => {
    const [model] = read('model Größe {\r\n  id Int @id\r\n  länge Int @map("Länge 📏")\r\n}\r\n').models
    expect(model?.name).toBe('Größe')
    expect(model?.fields[1]).toMatchObject({ name: 'länge', column: 'Länge 📏' })
  })

  it('takes over what an edit left alone, and reads the same as without', () => {
    const before = 'model A {\n  id Int @id\n  b B?\n}\nmodel B {\n  id Int @id\n  name String\n}\n'
    const files = (text: string) => [{ path: 'schema.prisma', text }]
    const like = { files: files(before), model: read(before) }
    for (const after of [before.replace('name', 'title'), before.replace('model B', 'model C'), `enum E {\n  X\n}\n${before}`]) {
      expect(readDataModel(files(after), like)).toEqual(read(after))
    }
    const edited = readDataModel(files(before.replace('name', 'title')), like)
    expect(edited.models[0]).toBe(like.model.models[0])
    expect(edited.models[1]).not.toBe(like.model.models[1])
  })
})

function read(text: string): DataModel {
  return readDataModel([{ path: 'schema.prisma', text }])
}
