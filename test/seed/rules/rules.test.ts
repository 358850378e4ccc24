import { describe, expect, it } from 'vitest'
import { connect } from '../../../src/postgres/connect.ts'
import { readTables } from '../../../src/postgres/tables/read-tables.ts'
import { readDataModel } from '../../../src/prisma/data-model.ts'
import type { RowView } from '../../../src/seed/generators/generator.ts'
import type { Random } from '../../../src/seed/random/random.ts'
import { loadLocale } from '../../../src/seed/locale/load-locale.ts'
import { matchTables } from '../../../src/seed/reference/schema-tables.ts'
import { compilePersonas } from '../../../src/seed/rules/compile-personas.ts'
import { compileRules } from '../../../src/seed/rules/compile-rules.ts'
import { defineGenerators } from '../../../src/seed/rules/define-generators.ts'
import { definePersonas } from '../../../src/seed/rules/define-personas.ts'
import { personaId } from '../../../src/seed/rules/persona-id.ts'
import { renderSchemaTypes } from '../../../src/seed/rules/schema-types.ts'
import { createTestDatabase } from '../../support/database.ts'
import { failureOf } from '../../support/failure.ts'

const schema = `
model User { id String @id @default(uuid()) @db.Uuid
  email String @unique
  role Role @default(MEMBER)
  tags String[]
  age Int?
  total BigInt?
  posts Post[] }
model Post { id Int @id @default(autoincrement())
  authorId String @db.Uuid
  author User @relation(fields: [authorId], references: [id])
  kind Kind? @relation(fields: [kindCode], references: [code])
  kindCode String? }
model Kind { code String @id
  posts Post[] }
enum Role { MEMBER @map("member")
  ADMIN @map("admin") }`
const sql = `CREATE TYPE "Role" AS ENUM ('member', 'admin');
  CREATE TABLE "User" (id uuid PRIMARY KEY, email text UNIQUE, role "Role", tags text[], age int, total bigint);
  CREATE TABLE "Kind" (code text PRIMARY KEY);
  CREATE TABLE "Post" (id serial PRIMARY KEY, "authorId" uuid NOT NULL REFERENCES "User", "kindCode" text REFERENCES "Kind")`

describe('rules', () => {
  it('refuses null for a field that must hold a value, from a list before the first row', async () => {
    const required = `${sql}; ALTER TABLE "User" ALTER role SET NOT NULL, ALTER age SET NOT NULL`
    expect((await failureOf(() => compile({ User: { role: ['ADMIN', null] } }, required))).code).toBe('SEED_RULE_NULL')
    const rules = await compile({ User: { age: () => undefined } }, required)
    expect((await failureOf(async () => rules.get('User')?.get('age')?.make(row, random))).code).toBe('SEED_RULE_NULL')
  })

  it('fills from a list, a function, a function of other fields, and a generator by its name', async () => {
    const rules = await compile({
      User: {
        role: ['ADMIN', 'ADMIN', 'MEMBER'],
        tags: ({ index }: { index: number }) => [`tag ${index}`, null],
        age: { after: ['email'], make: ({ get }: { get: (name: string) => string }) => get('email').length },
        email: { generator: 'email' },
      },
    })
    const [role, tags, age, email] = ['role', 'tags', 'age', 'email'].map((name) => rules.get('User')?.get(name))
    expect([role?.make(row, random), role?.capacity, role?.at?.(1, row)]).toEqual(['admin', 2, 'member'])
    expect(tags?.make(row, random)).toBe('{"tag 4",NULL}')
    expect([age?.after, age?.make(row, random)]).toEqual([['email'], '5'])
    expect(email?.name).toBe('email')
  })

  it('refuses rules that wait for each other', async () => {
    const make = (): number => 1
    const rules = { User: { age: { after: ['total'], make }, total: { after: ['email', 'age'], make } } }
    const failure = await failureOf(() => compile(rules))
    expect([failure.code, failure.details.why]).toEqual(['SEED_RULE_INVALID', 'It waits for itself: age → total → age.'])
  })

  it.each([
    [{ Usr: {} }, 'SEED_RULE_MODEL_UNKNOWN', 'User'],
    [{ User: { emial: ['a'] } }, 'SEED_RULE_FIELD_UNKNOWN', 'email'],
    [{ User: { posts: ['a'] } }, 'SEED_RULE_FIELD_UNKNOWN', 'Name a field'],
    [{ User: { email: [] } }, 'SEED_RULE_INVALID', 'list'],
    [{ User: { email: 'a' } }, 'SEED_RULE_INVALID', 'list'],
    [{ User: { email: { generator: 'emial' } } }, 'SEED_RULE_GENERATOR_UNKNOWN', 'email'],
    [{ User: { age: [{ a: 1 }] } }, 'SEED_RULE_VALUE', 'Give'],
    [{ User: { role: ['OWNER'] } }, 'SEED_RULE_VALUE', 'Give one of member, admin.'],
    [{ User: { age: [new Date('x')] } }, 'SEED_RULE_VALUE', 'Give'],
    [[], 'SEED_RULE_INVALID', 'list'],
  ])('%j: %s', async (exported, code, fix) => {
    const failure = await failureOf(() => compile(exported))
    expect(failure.code).toBe(code)
    expect(failure.details.fix).toContain(fix)
  })

  it('is another rule where it says something else', async () => {
    const compiled = await Promise.all([['a'], ['b'], ['a']].map((email) => compile({ User: { email } })))
    const names = compiled.map((rules) => rules.get('User')?.get('email')?.name)
    expect(names[0]).toBe(names[2])
    expect(names[0]).not.toBe(names[1])
  })
})

describe('personas', () => {
  const scene = async () => ({ file: 'f', tables: await tablesOf(), withReference: new Set(['Kind']), isWanted: () => true })

  it('gives them keys that follow from their names, and finds each other', async () => {
    const personas = compilePersonas(await scene(), {
      Post: { hello: { author: 'alice', kind: 'news' }, bye: { author: 'alice', kind: null } },
      User: { alice: { email: 'alice@example.com', role: 'ADMIN' } },
    })
    expect(personas.get('User')).toEqual([
      new Map([['id', personaId('User', 'alice')], ['email', 'alice@example.com'], ['role', 'admin']]),
    ])
    const alice = personaId('User', 'alice')
    expect(personas.get('Post')).toEqual([
      new Map([['id', '1'], ['authorId', alice], ['kindCode', 'news']]),
      new Map([['id', '2'], ['authorId', alice], ['kindCode', null]]),
    ])
    expect(alice).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('names the nearest persona where there is none', async () => {
    const given = await scene()
    const failure = await failureOf(() => compilePersonas(given, { User: { alice: {} }, Post: { a: { author: 'alcie' } } }))
    expect([failure.code, failure.details.fix]).toEqual(['SEED_PERSONA_TARGET_UNKNOWN', 'Did you mean alice?'])
  })
})

describe('types', () => {
  interface Models {
    readonly User: { readonly email: string; readonly role: 'MEMBER' | 'ADMIN' }
  }

  it('lets no field through that the schema does not have', () => {
    // @ts-expect-error -- the field was dropped
    defineGenerators<Models>({ User: { fullName: ['a'] } })
    // @ts-expect-error -- no label of the enum
    defineGenerators<Models>({ User: { role: ['OWNER'] } })
    // @ts-expect-error -- the model was dropped
    definePersonas<Models>({ Customer: { a: {} } })
    // @ts-expect-error -- the field was dropped
    definePersonas<Models>({ User: { alice: { fullName: 'a' } } })
    expect(defineGenerators<Models>({ User: { role: ['ADMIN'], email: ({ index }) => `${index}` } })).toBeDefined()
  })

  it('writes each model with its fields and the relations that hold a key', () => {
    const text = renderSchemaTypes(readDataModel([{ path: 's', text: schema }]))
    expect(text).toContain('  readonly Post: {\n    readonly id: number\n    readonly authorId: string\n    readonly author: string\n    readonly kind: string | null\n')
    expect(text).toContain('    readonly role: "MEMBER" | "ADMIN"\n    readonly tags: readonly (string)[]\n    readonly age: number | null\n    readonly total: bigint | number | null\n  }')
  })
})

const row: RowView = {
  index: 4,
  cell: (column) => (column === 'email' ? 'a@b.c' : undefined),
  person: { firstName: 'A', lastName: 'B', sex: 'female', handle: 'a.b1' },
  address: { street: '', city: '', region: '', postalCode: '', countryCode: '', country: '', latitude: 0, longitude: 0 },
  moment: 0,
}
const random: Random = {
  fraction: () => 0,
  below: () => 0,
  belowBig: () => 0n,
  pick: <Value>(values: readonly Value[]) => values[0] as Value,
}

async function tablesOf(tables = sql) {
  const database = await createTestDatabase()
  const connection = await connect(database)
  try {
    await connection.query(tables)
    return matchTables(readDataModel([{ path: 's', text: schema }]), await readTables(connection), 'public')
  } finally {
    await connection.end()
  }
}

async function compile(exported: unknown, tables = sql) {
  const scene = { file: 'f', tables: await tablesOf(tables), seed: 's', now: 0, locale: () => loadLocale('en') }
  return compileRules(scene, exported)
}
