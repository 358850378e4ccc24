import { describe, expect, it } from 'vitest'
import { driftAfterRenames, leaveDriftAlone, takesAway } from '../../src/author/known-drift.ts'
import type { Rename } from '../../src/author/renames/rename.ts'
import { operationsOf, sqlOf } from '../support/plan-state.ts'
import { carryOut, planEdit } from '../support/schema-edit.ts'

describe('leaveDriftAlone', () => {
  it('takes out what was to be dropped before the edit, and keeps what was to be added', async () => {
    const drift = await operationsOf('DROP INDEX "i"; DROP TABLE "t"; DROP TYPE "e"; ALTER TABLE "A" DROP COLUMN "x", ALTER COLUMN "y" DROP DEFAULT, DROP CONSTRAINT "c", ADD COLUMN "z" TEXT')
    const difference = await operationsOf('DROP INDEX "i"; DROP INDEX "j"; DROP TABLE "t"; DROP TYPE "e"; ALTER TABLE "A" DROP COLUMN "x", DROP COLUMN "w", ADD COLUMN "z" TEXT; ALTER TABLE "B" ALTER COLUMN "y" DROP DEFAULT')
    const { operations, leftAlone } = leaveDriftAlone(difference, drift)
    expect(sqlOf(operations)).toEqual([
      'DROP INDEX "j"',
      'ALTER TABLE "A" DROP COLUMN "w",\nADD COLUMN     "z" TEXT',
      'ALTER TABLE "B" ALTER COLUMN "y" DROP DEFAULT',
    ])
    expect(leftAlone).toEqual(['DROP INDEX "i"', 'DROP TABLE "t"', 'DROP TYPE "e"', 'ALTER TABLE "A" DROP COLUMN "x"'])
  })

  it('changes nothing where there was no drift', async () => {
    const difference = await operationsOf('DROP INDEX "i"')
    expect(leaveDriftAlone(difference, await operationsOf('ALTER TABLE "A" ADD COLUMN "z" TEXT'))).toEqual({ operations: difference, leftAlone: [] })
  })
})

describe('takesAway', () => {
  it.each([
    ['DROP TABLE "t"', true],
    ['DROP INDEX "i"', true],
    ['ALTER TABLE "A" ADD COLUMN "x" TEXT, ALTER COLUMN "y" DROP DEFAULT', true],
    ['ALTER TABLE "A" ADD COLUMN "x" TEXT, ALTER COLUMN "y" DROP NOT NULL', false],
    ['CREATE INDEX "i" ON "A"("x")', false],
  ])('%s: %s', async (sql, expected) => {
    expect((await operationsOf(sql)).map(takesAway)).toEqual([expected])
  })
})

describe('driftAfterRenames', () => {
  it('follows tables, columns and schemas', async () => {
    const drift = await operationsOf('ALTER TABLE "A" DROP COLUMN "x", ALTER COLUMN "y" DROP DEFAULT; DROP INDEX "i"')
    const rename = (facts: Partial<Rename>): Rename => ({ statements: [], used: undefined, target: '', ...facts })
    const now = { schema: 's', name: 'B' }
    const renamed = driftAfterRenames(drift, [
      rename({ object: { before: { schema: undefined, name: 'A' }, now } }),
      rename({ column: { table: now, before: 'y', now: 'z' } }),
    ])
    expect(sqlOf(renamed)).toEqual([
      'ALTER TABLE "s"."B" DROP COLUMN "x",\nALTER COLUMN "z" DROP DEFAULT',
      'DROP INDEX "i"',
      'DROP INDEX "s"."i"',
    ])
  })
})

const before = 'model Doc {\n  id Int @id\n  title String\n  body String\n  deletedAt DateTime?\n}\n'
const byHand = `
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX doc_gin ON "Doc" USING gin (to_tsvector('simple', body));
CREATE INDEX doc_trgm ON "Doc" USING gin (title gin_trgm_ops);
CREATE INDEX doc_alive ON "Doc" (title) WHERE "deletedAt" IS NULL;
CREATE INDEX doc_lower ON "Doc" (lower(title));
CREATE INDEX doc_hash ON "Doc" USING hash (body);
ALTER TABLE "Doc" ALTER COLUMN body SET DEFAULT 'empty';
ALTER TABLE "Doc" ADD COLUMN secret text;
CREATE TYPE mood AS ENUM ('good');
CREATE TABLE hidden (id int PRIMARY KEY, m mood)`
const state = `SELECT
  (SELECT array_agg(indexname::text ORDER BY indexname) FROM pg_indexes WHERE tablename = $1) AS indexes,
  (SELECT column_default FROM information_schema.columns WHERE table_name = $1 AND column_name = 'body') AS initial,
  to_regclass('hidden') IS NOT NULL AS hidden, to_regtype('mood') IS NOT NULL AS mood`

describe('what was written by hand', () => {
  it('is left alone and named where the schema as it was is known', async () => {
    const plan = await planEdit({ before, byHand, after: before.replace('body String', 'body String\n  nick String?') })
    expect(plan.sql).toBe('-- AlterTable\nALTER TABLE "Doc" ADD COLUMN     "nick" TEXT;\n')
    const left = plan.notes.join('\n')
    for (const object of ['doc_trgm', 'doc_hash', '"body" DROP DEFAULT', '"secret"', '"hidden"', '"mood"']) expect(left).toContain(object)
  })

  it('is left alone too when its table and column are renamed', async () => {
    const { connection } = await carryOut({
      before,
      byHand,
      after: before.replace('model Doc', 'model Page').replace('title ', 'heading '),
      answers: { rename: { Doc: 'Page', 'Page.title': 'heading' } },
    })
    expect((await connection.query(state, ['Page'])).rows).toEqual([
      {
        indexes: ['Page_pkey', 'doc_alive', 'doc_gin', 'doc_hash', 'doc_lower', 'doc_trgm'],
        initial: "'empty'::text",
        hidden: true,
        mood: true,
      },
    ])
  })

  it('is asked about, as far as it holds data, where the schema as it was is not known', async () => {
    const edit = { before, byHand, after: before.replace('body String', 'body String\n  nick Int?'), isPreviousUnknown: true }
    const { questions, notes } = await planEdit(edit)
    expect(questions.map(({ flag }) => flag)).toEqual(['--delete Doc.secret', '--delete hidden'])
    expect(notes).toEqual([])
    const { sql } = await planEdit({ ...edit, answers: { delete: ['Doc.secret', 'hidden'] } })
    expect(sql).toContain('DROP INDEX "doc_trgm"')
    expect(sql).toContain('ALTER COLUMN "body" DROP DEFAULT')
  })
})
