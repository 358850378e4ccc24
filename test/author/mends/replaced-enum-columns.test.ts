import { describe, expect, it } from 'vitest'
import { carryOut } from '../../support/schema-edit.ts'

const role = (values: string): string => `enum Role {\n  ${values.split(' ').join('\n  ')}\n}\n`

describe('an enum that loses a value in the migration that also', () => {
  it('adds columns and tables of it', async () => {
    const { plan, connection, left } = await carryOut({
      before: `model A {\n  id Int @id\n  role Role @default(OLD)\n}\n${role('OLD USER')}`,
      after: `model A {\n  id Int @id\n  role Role @default(USER)\n  second Role?\n  list Role[] @default([NEW])\n}\nmodel B {\n  id Int @id\n  role Role\n}\n${role('USER NEW')}`,
      answers: { map: { 'Role.OLD': 'NEW' } },
      rows: `INSERT INTO "A" VALUES (1, 'OLD')`,
    })
    expect(plan.sql).not.toMatch(/ALTER TABLE "B" ALTER COLUMN "role" TYPE/)
    expect((await connection.query('SELECT * FROM "A"')).rows).toMatchObject([{ id: 1, role: 'NEW', second: null, list: '{NEW}' }])
    expect(left).toBe('')
  })

  it('drops columns and tables of it', async () => {
    const { connection, left } = await carryOut({
      before: `model A {\n  id Int @id\n  role Role @default(OLD)\n  kept Role\n}\nmodel B {\n  id Int @id\n  roles Role[]\n}\n${role('OLD USER')}`,
      after: `model A {\n  id Int @id\n  kept Role\n}\n${role('USER')}`,
      answers: { map: { 'Role.OLD': 'USER' }, delete: ['A.role', 'B'] },
      rows: `INSERT INTO "A" VALUES (1, 'OLD', 'OLD'); INSERT INTO "B" VALUES (1, '{OLD}')`,
    })
    expect((await connection.query('SELECT * FROM "A"')).rows).toEqual([{ id: 1, kept: 'USER' }])
    expect(left).toBe('')
  })
})
