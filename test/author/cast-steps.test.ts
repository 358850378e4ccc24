import { describe, expect, it } from 'vitest'
import { castSteps } from '../../src/author/cast-steps.ts'
import type { Cast } from '../../src/author/decisions/casts.ts'
import { carryOut } from '../support/schema-edit.ts'

const cast: Cast = {
  subject: 'A.x',
  table: { schema: 's', name: 'A' },
  column: 'x',
  before: { name: 'x', type: 'text', notNull: true, defaultText: "'1'::text", isGenerated: false },
  type: 'INTEGER',
  expression: '"x"::int',
  notNull: true,
}

describe('castSteps', () => {
  it('changes the type in place, without a default that cannot become one of the new type', () => {
    expect(castSteps(cast, false)).toEqual([
      'ALTER TABLE "s"."A" ALTER COLUMN "x" DROP DEFAULT,\nALTER COLUMN "x" SET DATA TYPE INTEGER USING ("x"::int)',
    ])
    const before = { ...cast.before, defaultText: null }
    expect(castSteps({ ...cast, before, notNull: false }, false)).toEqual([
      'ALTER TABLE "s"."A" ALTER COLUMN "x" DROP NOT NULL,\nALTER COLUMN "x" SET DATA TYPE INTEGER USING ("x"::int)',
    ])
  })

  it('computes a sub-select beside the column first, which USING does not allow', () => {
    const expression = '(SELECT 1)'
    expect(castSteps({ ...cast, expression, before: { ...cast.before, defaultText: null } }, true)).toEqual([
      'ALTER TABLE "s"."A" ADD COLUMN     "x_tide_cast" INTEGER',
      'UPDATE "s"."A" SET "x_tide_cast" = ((SELECT 1))',
      'ALTER TABLE "s"."A" ALTER COLUMN "x" SET DATA TYPE INTEGER USING ("x_tide_cast")',
      'ALTER TABLE "s"."A" DROP COLUMN "x_tide_cast"',
    ])
  })
})

describe('a cast', () => {
  it('keeps index, unique, default and NOT NULL of the column, and gives the values by a sub-select', async () => {
    const { plan, connection, left } = await carryOut({
      before: 'model Tag {\n  id Int @id\n  name String @unique\n}\nmodel Post {\n  id Int @id\n  tag String @default("none") @unique\n  @@index([tag, id])\n}',
      after: 'model Tag {\n  id Int @id\n  name String @unique\n}\nmodel Post {\n  id Int @id\n  tag Int @default(0) @unique\n  @@index([tag, id])\n}',
      answers: { cast: { 'Post.tag': 'coalesce((SELECT t.id FROM "Tag" t WHERE t.name = tag), 0)' } },
      rows: `INSERT INTO "Tag" VALUES (5, 'news'); INSERT INTO "Post" VALUES (1, 'news'), (2, 'none')`,
    })
    expect(plan.sql).not.toContain('INDEX')
    expect((await connection.query('SELECT * FROM "Post" ORDER BY id')).rows).toEqual([{ id: 1, tag: 5 }, { id: 2, tag: 0 }])
    expect(left).toBe('')
  })
})
