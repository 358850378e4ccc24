import { expect, it, onTestFinished } from 'vitest'
import { connect } from '../../../src/postgres/connect.ts'
import { createFactories } from '../../../src/seed/rules/factories.ts'
import { createTestDatabase } from '../../support/database.ts'
import { failureOf } from '../../support/failure.ts'

interface Models {
  readonly User: {
    readonly id: string
    readonly email: string
    readonly role: 'MEMBER' | 'ADMIN'
    readonly tags: readonly string[]
    readonly data: unknown
    readonly updatedAt: Date
  }
}

const text = `model User { id String @id @default(cuid())
  email String
  role Role @default(MEMBER) @map("the_role")
  tags String[]
  data Json?
  updatedAt DateTime @updatedAt
  @@map("users") }
enum Role { MEMBER @map("member")
  ADMIN @map("admin") }`
const project = {
  schema: { root: 's', files: [{ path: 's', text }], provider: 'postgresql', schemas: [] },
  database: { kind: 'embedded', name: 'dev' },
} as const

it('builds without a database, and creates rows inside the test’s own transaction', async () => {
  const connection = await connect(await createTestDatabase())
  onTestFinished(() => connection.end())
  await connection.query(`CREATE TYPE role AS ENUM ('member', 'admin');
    CREATE TABLE users (id text PRIMARY KEY, email text, the_role role NOT NULL DEFAULT 'member', tags text[], data jsonb, "updatedAt" timestamptz NOT NULL)`)
  const { User } = createFactories<Models, 'User'>(project, {
    User: {
      make: (index) => ({ email: `user${index}@example.com`, tags: ['a "b"'] }),
      traits: { admin: { role: 'ADMIN', data: { since: 2026 } } },
    },
  })

  expect(User.build({ email: 'x@example.com' }, 'admin')).toEqual({ email: 'x@example.com', tags: ['a "b"'], role: 'ADMIN', data: { since: 2026 } })
  await connection.query('BEGIN')
  const ada = await User.create(connection, {}, 'admin')
  const plain = await User.create(connection)
  await connection.query('ROLLBACK')

  expect(ada).toMatchObject({ email: 'user1@example.com', role: 'ADMIN', tags: ['a "b"'], data: { since: 2026 } })
  expect([plain.email, plain.role]).toEqual(['user2@example.com', 'MEMBER'])
  expect(ada.id).toMatch(/^c[0-9a-f]{24}$/)
  expect(ada.id).not.toBe(plain.id)
  expect((await connection.query('SELECT FROM users')).rowCount).toBe(0)
})

it('names what it does not know', async () => {
  const { User } = createFactories<Models, 'User'>(project, { User: { make: () => ({}), traits: { admin: {} } } })
  const client = { query: () => expect.fail('Nothing is sent.') }
  const unknown = await failureOf(() => User.build({}, 'admn'))
  expect(unknown).toMatchObject({ code: 'SEED_TRAIT_UNKNOWN', details: { fix: 'Did you mean admin?' } })
  expect(unknown.message).toBe('The factory of User has no trait "admn".')
  expect((await failureOf(() => User.build({}, 'owner'))).details.fix).toBe('It has admin. Define it under traits.')
  const strange = { emial: 'a' } as Partial<Models['User']>
  expect((await failureOf(() => User.create(client, strange))).code).toBe('SEED_RULE_FIELD_UNKNOWN')
  expect((await failureOf(() => createFactories(project, { Usr: { make: () => ({}) } }))).code).toBe('SEED_RULE_MODEL_UNKNOWN')
})
