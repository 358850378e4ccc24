import { describe, expect, it } from 'vitest'
import { draftSections, movedTables } from '../../src/author/draft.ts'
import { connect } from '../../src/postgres/connect.ts'
import { runScript } from '../../src/postgres/statements/run-script.ts'
import { failureOf } from '../support/failure.ts'
import { answersOf, operationsOf } from '../support/plan-state.ts'
import { createSchemaDatabase, differenceTo, planEdit, schemaOf } from '../support/schema-edit.ts'
import type { ChangeInput } from '../../src/author/change-plan.ts'

const input = { schema: schemaOf('') } as unknown as ChangeInput

describe('movedTables', () => {
  it('sees an answer that looks into a table which the same migration makes', async () => {
    const operations = await operationsOf('CREATE TABLE "Tag" ("id" INTEGER NOT NULL)')
    const moved = (answers: ChangeInput['answers'], draft?: boolean): ReturnType<typeof movedTables> =>
      movedTables({ ...input, answers, ...(draft === undefined ? {} : { draft }) }, operations)
    expect(await moved(answersOf({ fill: { 'A.tagId': '(SELECT id FROM "Tag" LIMIT 1)' } }))).toEqual({
      reason: 'A.tagId is looked up in Tag, which is new and has no rows yet',
    })
    expect(await moved(answersOf({ cast: { 'A.tag': '(SELECT id FROM "Tag" WHERE name = tag)' } }))).toBeDefined()
    expect(await moved(answersOf({ fill: { 'A.tagId': '(SELECT id FROM "Old" LIMIT 1)' } }))).toBeUndefined()
    expect(await moved(answersOf(), true)).toEqual({ reason: 'rows are to be moved by hand' })
  })
})

describe('draftSections', () => {
  it('puts what adds before the hole and what takes away or demands after it', async () => {
    const operations = await operationsOf(`
      ALTER TABLE "A" DROP CONSTRAINT "A_b_fkey";
      DROP INDEX "A_x";
      CREATE SCHEMA IF NOT EXISTS "s";
      ALTER TABLE "A" DROP COLUMN "x", ADD COLUMN "y" TEXT NOT NULL, ADD COLUMN "z" TEXT DEFAULT 'q', DROP COLUMN "t", ADD COLUMN "t" INTEGER;
      CREATE TABLE "T" ("id" INTEGER NOT NULL);
      DROP TABLE "Gone";
      CREATE INDEX "A_x" ON "A"("y");
      CREATE INDEX "A_y" ON "A"("y");
      ALTER TABLE "A" ADD CONSTRAINT "A_b_fkey" FOREIGN KEY ("b") REFERENCES "T"("id") ON DELETE SET NULL ON UPDATE CASCADE;
      ALTER TABLE "T" ADD CONSTRAINT "T_a_fkey" FOREIGN KEY ("a") REFERENCES "A"("id") ON DELETE SET NULL ON UPDATE CASCADE`)
    const sections = draftSections(operations, { reason: 'because' })
    const hole = sections.findIndex(({ heading }) => heading?.startsWith('DataStep'))
    const sql = (from: number, to?: number): readonly string[] =>
      sections.slice(from, to).flatMap(({ statements }) => statements.map((text) => text.replaceAll(/\s+/g, ' ')))
    expect(sql(0, hole)).toEqual([
      'CREATE SCHEMA IF NOT EXISTS "s"',
      `ALTER TABLE "A" ADD COLUMN "y" TEXT, ADD COLUMN "z" TEXT DEFAULT 'q'`,
      'CREATE TABLE "T" ("id" INTEGER NOT NULL)',
      'CREATE INDEX "A_y" ON "A"("y")',
      expect.stringContaining('ADD CONSTRAINT "T_a_fkey"'),
    ])
    expect(sql(hole + 1)).toEqual([
      'ALTER TABLE "A" DROP CONSTRAINT "A_b_fkey"',
      'DROP INDEX "A_x"',
      'ALTER TABLE "A" DROP COLUMN "x", DROP COLUMN "t", ADD COLUMN "t" INTEGER, ALTER COLUMN "y" SET NOT NULL',
      'DROP TABLE "Gone"',
      'CREATE INDEX "A_x" ON "A"("y")',
      expect.stringContaining('ADD CONSTRAINT "A_b_fkey"'),
    ])
    expect(sections[hole]?.heading).toContain('--   "A": DROP COLUMN "x"')
    expect(sections[hole]?.heading).toContain('--   DROP TABLE "Gone"')
  })
})

describe('a draft', () => {
  const before = 'model Post {\n  id Int @id\n  tag String\n}\n'
  const after = 'model Post {\n  id Int @id\n  tagId Int\n  tag Tag @relation(fields: [tagId], references: [id])\n}\nmodel Tag {\n  id Int @id @default(autoincrement())\n  name String @unique\n  posts Post[]\n}\n'

  it('stops until a person has filled it, and then leads to the schema', async () => {
    const plan = await planEdit({ before, after, draft: true, answers: { delete: ['Post.tag'] } })
    expect(plan.isDraft).toBe(true)
    expect(plan.sql).toMatch(/^-- tide: draft reason="rows are to be moved by hand"\n/)
    const connection = await connect(await createSchemaDatabase(before, `INSERT INTO "Post" VALUES (1, 'news'), (2, 'news'), (3, 'tech')`))
    const failure = await failureOf(() => runScript(connection, plan.sql, 'migration.sql'))
    expect(failure.message).toContain('This migration is a draft')
    const step = `INSERT INTO "Tag" (name) SELECT DISTINCT tag FROM "Post";
      UPDATE "Post" p SET "tagId" = t.id FROM "Tag" t WHERE t.name = p.tag`
    await runScript(connection, plan.sql.replace(/DO \$\$.*\$\$/, () => step), 'migration.sql')
    const { rows } = await connection.query('SELECT p.id, t.name FROM "Post" p JOIN "Tag" t ON t.id = p."tagId" ORDER BY 1')
    expect(rows).toEqual([{ id: 1, name: 'news' }, { id: 2, name: 'news' }, { id: 3, name: 'tech' }])
    expect(await differenceTo(connection, after)).toBe('')
    await connection.end()
  })

  it('is written where the first proposed answer looks into the new table', async () => {
    const plan = await planEdit({
      before,
      after,
      answers: { fill: { 'Post.tagId': '(SELECT id FROM "Tag" t WHERE t.name = tag)' }, delete: ['Post.tag'] },
    })
    expect([plan.isDraft, plan.questions]).toEqual([true, []])
  })
})
