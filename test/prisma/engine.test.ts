import { describe, expect, it, onTestFinished } from 'vitest'
import { folderUnwritable } from '../../src/author/errors.ts'
import { type Connection, connect } from '../../src/postgres/connect.ts'
import { liveCatalog } from '../../src/prisma/catalog-source.ts'
import { differenceScript } from '../../src/prisma/engine.ts'
import { prepareSchema, type SchemaText } from '../../src/prisma/schema-text.ts'
import { createTestDatabase } from '../support/database.ts'
import { failureOf } from '../support/failure.ts'
import { schemaOf } from '../support/schema-edit.ts'

const user = 'model User {\n  id   Int    @id\n  name String\n}\n'

describe('differenceScript', () => {
  it('makes everything from nothing', async () => {
    expect(await differenceScript({ kind: 'nothing' }, schema(user))).toBe(`-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "User" (
    "id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);
`)
  })

  it('leads from one schema to another, and is empty where nothing differs', async () => {
    const from = { kind: 'schema', schema: schema(user) } as const
    expect(await differenceScript(from, schema(user))).toBe('')
    const script = await differenceScript(from, schema(user.replace('name String', 'name String?')))
    expect(script).toBe('-- AlterTable\nALTER TABLE "User" ALTER COLUMN "name" DROP NOT NULL;\n')
  })

  it('leads from a database to a schema, also where names live in another schema', async () => {
    const connection = await database('CREATE TABLE "User" (id int PRIMARY KEY, name text NOT NULL, gone "char")')
    expect(await difference(connection, 'public', user)).toBe('-- AlterTable\nALTER TABLE "User" DROP COLUMN "gone";\n')
    await connection.query('CREATE SCHEMA other; CREATE TABLE other."User" (id int PRIMARY KEY)')
    expect(await difference(connection, 'other', user)).toBe('-- AlterTable\nALTER TABLE "User" ADD COLUMN     "name" TEXT NOT NULL;\n')
  })

  it('leaves out tables and enums that somebody else owns', async () => {
    const connection = await database(`CREATE TABLE theirs (id int); CREATE TYPE mood AS ENUM ('a'); CREATE TABLE "User" (id int PRIMARY KEY, name text NOT NULL)`)
    const start = { kind: 'database', catalog: liveCatalog(connection, 'public') } as const
    expect(await differenceScript(start, schema(user))).toContain('DROP TABLE "theirs"')
    const filters = { externalTables: ['public.theirs'], externalEnums: ['public.mood'] }
    expect(await differenceScript(start, schema(user), filters)).toBe('')
  })

  it('gives what is wrong in a schema in the words of Prisma, with file and line', async () => {
    const files = [
      { path: 'prisma/schema/db.prisma', text: 'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n' },
      { path: 'prisma/schema/user.prisma', text: 'model User {\n  id Int @id\n\n  boss Boss\n}\n' },
    ]
    const failure = await failureOf(() => differenceScript({ kind: 'nothing' }, prepareSchema(files)))
    expect(failure.code).toBe('PRISMA_SCHEMA_INVALID')
    expect(failure.details.where).toEqual({ file: 'prisma/schema/user.prisma', line: 4 })
    expect(failure.details.why).toContain('Type "Boss" is neither a built-in type')
    expect(failure.details.why).not.toContain('\u001b')
    expect(failure.details.why).not.toContain('Validation Error Count')
  })

  it('gives a panic of the engine as a failure, and works again afterwards', async () => {
    const sqlite = prepareSchema([{ path: 'schema.prisma', text: sessions('sqlite') }])
    const postgres = prepareSchema([{ path: 'schema.prisma', text: sessions('postgresql') }])
    await expect(differenceScript({ kind: 'schema', schema: sqlite }, postgres)).rejects.toMatchObject({ code: 'PRISMA_ENGINE_FAILED' })
    expect(await differenceScript({ kind: 'nothing' }, postgres)).toContain('CREATE TABLE "Session"')
  })

  it('computes several differences at once', async () => {
    const scripts = await Promise.all(
      ['A', 'B', 'C', 'D'].map((name) => differenceScript({ kind: 'nothing' }, schema(user.replaceAll('User', name)))),
    )
    expect(scripts.map((script) => /CREATE TABLE "(\w)"/.exec(script)?.[1])).toEqual(['A', 'B', 'C', 'D'])
  })

  it('gives the error of a database that does not answer', async () => {
    const catalog = { schemaName: 'public', query: () => Promise.reject(new Error('the line is cut')) }
    const failure = await failureOf(() => differenceScript({ kind: 'database', catalog }, schema(user)))
    expect(failure.code).toBe('PRISMA_ENGINE_FAILED')
    expect(failure.details.why).toBe('the line is cut')
    const broken = { schemaName: 'public', query: () => Promise.reject(folderUnwritable('/x', 'disk full')) }
    await expect(differenceScript({ kind: 'database', catalog: broken }, schema(user))).rejects.toMatchObject({ code: 'AUTHOR_FOLDER_UNWRITABLE' })
  })
})

function schema(models: string): SchemaText {
  return prepareSchema(schemaOf(models))
}

async function database(sql: string): Promise<Connection> {
  const connection = await connect(await createTestDatabase())
  onTestFinished(() => connection.end())
  await connection.query(sql)
  return connection
}

function difference(connection: Connection, name: string, models: string): Promise<string> {
  return differenceScript({ kind: 'database', catalog: liveCatalog(connection, name) }, schema(models))
}

/** From one connector to another the engine panics: it does not look for such a thing. */
function sessions(provider: string): string {
  return `
datasource db {
  provider = "${provider}"
}

model User {
  id       String    @id
  sessions Session[]
}

model Session {
  id     String @id
  userId String
  user   User   @relation(fields: [userId], references: [id])
}
`
}
