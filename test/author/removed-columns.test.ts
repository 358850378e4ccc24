import { describe, expect, it } from 'vitest'
import { failureOf } from '../support/failure.ts'
import { planEdit } from '../support/schema-edit.ts'

const before = 'model U {\n  id Int @id\n  name String\n  gone DateTime?\n}\nmodel Other {\n  id Int @id\n}\n'
const without = before.replace('  name String\n', '')
const answers = { delete: ['U.name'] }

describe('a column that goes', () => {
  it.each([
    ['a view', 'CREATE VIEW "My view" AS SELECT name FROM "U"', 'The view "My view" uses U.name, which this change takes away.'],
    ['a policy', 'CREATE POLICY p ON "U" USING (name <> \'\')', 'The policy p on "U" uses U.name'],
    [
      'a trigger',
      'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TRIGGER t BEFORE UPDATE OF name ON "U" FOR EACH ROW EXECUTE FUNCTION f()',
      'The trigger t on "U" uses U.name',
    ],
    ['a generated column', 'ALTER TABLE "U" ADD COLUMN g text GENERATED ALWAYS AS (name || name) STORED', 'The generated column "U".g uses U.name'],
  ])('stays while %s uses it', async (_, byHand, message) => {
    const failure = await failureOf(() => planEdit({ before, after: without, byHand, answers }))
    expect(failure.code).toBe('AUTHOR_DEPENDENT_OBJECT')
    expect(failure.message).toContain(message)
  })

  it('stays while a view uses its table', async () => {
    const failure = await failureOf(() =>
      planEdit({
        before,
        after: 'model Other {\n  id Int @id\n}\n',
        byHand: 'CREATE MATERIALIZED VIEW m AS SELECT id FROM "U"',
        answers: { delete: ['U'] },
      }),
    )
    expect(failure.message).toContain('The materialized view m uses U.id')
  })

  it('takes with it what PostgreSQL takes, and says so', async () => {
    const plan = await planEdit({
      before,
      after: without.replace('  gone DateTime?\n', ''),
      byHand: `ALTER TABLE "U" ADD CONSTRAINT named CHECK (name <> '' OR id > 0); CREATE UNIQUE INDEX alive ON "U" (id) WHERE gone IS NULL`,
      answers: { delete: ['U.name', 'U.gone'] },
    })
    expect(plan.notes).toEqual(['The constraint named goes with U.name.', 'The index alive goes with U.gone.'])
  })

  it('says nothing of an index that the schema itself takes away', async () => {
    const indexed = before.replace('gone DateTime?\n', 'gone DateTime?\n  @@index([name])\n')
    expect((await planEdit({ before: indexed, after: without, answers })).notes).toEqual([])
  })
})
