import { describe, expect, it, onTestFinished } from 'vitest'
import { connect } from '../../src/postgres/connect.ts'
import { type CatalogSource, liveCatalog, recordedCatalog } from '../../src/prisma/catalog-source.ts'
import { differenceScript } from '../../src/prisma/engine.ts'
import { prepareSchema } from '../../src/prisma/schema-text.ts'
import { createSchemaDatabase, schemaOf } from '../support/schema-edit.ts'

const before = `
enum Role {
  A
  B
}
model User {
  id    BigInt   @id @default(autoincrement())
  role  Role[]   @default([A])
  price Decimal  @default(1.5) @db.Decimal(10, 2)
  at    DateTime @default(now())
  posts Post[]

  @@index([price, at(sort: Desc)])
}
model Post {
  id     String @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  userId BigInt
  user   User   @relation(fields: [userId], references: [id])
}`

describe('recordedCatalog', () => {
  it('answers a second time without a connection, also after a journey through JSON', async () => {
    const live = await openCatalog()
    const first = recordedCatalog({}, () => Promise.resolve(live), 'public')
    expect(await difference(first)).toBe('')
    expect(first.complete()).toBe(false)

    const record = JSON.parse(JSON.stringify(first.recorded())) as ReturnType<typeof first.recorded>
    const second = recordedCatalog(record, () => Promise.reject(new Error('no connection is needed')), 'public')
    expect(await difference(second)).toBe('')
    expect(await differenceScript({ kind: 'database', catalog: second }, prepareSchema(schemaOf(before.replace('A\n', 'A\n  C\n'))))).toContain('ADD VALUE')
    expect(second.complete()).toBe(true)
  })

  it('asks the source for what is not in the record, and keeps it', async () => {
    const live = await openCatalog()
    const asked: string[] = []
    const source: CatalogSource = {
      ...live,
      query: (query) => {
        asked.push(query.sql)
        return live.query(query)
      },
    }
    const first = recordedCatalog({}, () => Promise.resolve(source), 'public')
    await difference(first)
    const all = asked.length
    expect(all).toBeGreaterThan(3)
    const [key = ''] = Object.keys(first.recorded())
    const { [key]: _, ...record } = first.recorded()
    const second = recordedCatalog(record, () => Promise.resolve(source), 'public')
    expect(await difference(second)).toBe('')
    expect(asked.length).toBe(all + 1)
    expect(second.complete()).toBe(false)
    expect(Object.keys(second.recorded())).toContain(key)
  })
})

describe('liveCatalog', () => {
  it('gives what the engine reads without loss: bigint as text, "char" as a character, arrays as arrays', async () => {
    const live = await openCatalog()
    const { rows, columnNames } = await live.query({
      sql: `SELECT 9007199254740993::int8 AS big, 'x'::"char" AS c, 5::int4 AS i, true AS yes, ARRAY['a,b', NULL] AS list, NULL::int4 AS none`,
      args: [],
      argTypes: [],
    })
    expect(columnNames).toEqual(['big', 'c', 'i', 'yes', 'list', 'none'])
    expect(rows).toEqual([['9007199254740993', 'x', 5, true, ['a,b', null], null]])
  })
})

async function openCatalog(): Promise<CatalogSource> {
  const connection = await connect(await createSchemaDatabase(before))
  onTestFinished(() => connection.end())
  return liveCatalog(connection, 'public')
}

function difference(catalog: CatalogSource): Promise<string> {
  return differenceScript({ kind: 'database', catalog }, prepareSchema(schemaOf(before)))
}
