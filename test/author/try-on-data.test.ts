import { describe, expect, it, onTestFinished } from 'vitest'
import { beforeWritten } from '../../src/author/planned-statement.ts'
import { tryOnData } from '../../src/author/try-on-data.ts'
import { type Connection, connect } from '../../src/postgres/connect.ts'
import { createSchemaDatabase, planEdit } from '../support/schema-edit.ts'
import { failureOf } from '../support/failure.ts'

const before = 'model U {\n  id Int @id\n  mail String?\n  org Int\n}\n'

describe('tryOnData', () => {
  it('leaves the database as it was, whether the migration fits the rows or not', async () => {
    const data = await database(`INSERT INTO "U" VALUES (1, 'a', 1), (2, NULL, 1)`)
    await tryOnData(data, 'ALTER TABLE "U" DROP COLUMN org; DELETE FROM "U"', 'm.sql', [])
    expect((await data.query('SELECT count(*)::int AS rows, sum(org)::int AS orgs FROM "U"')).rows).toEqual([{ rows: 2, orgs: 2 }])
    const failure = await failureOf(() => tryOnData(data, 'DELETE FROM "U" WHERE id = 1;\n\nALTER TABLE "U" ALTER COLUMN mail SET NOT NULL', 'm.sql', []))
    expect([failure.code, failure.details.where?.line, failure.details.where?.file]).toEqual(['STATEMENT_FAILED', 3, 'm.sql'])
    expect((await data.query('SELECT count(*)::int AS rows FROM "U"')).rows).toEqual([{ rows: 2 }])
    await data.query('INSERT INTO "U" VALUES (3, NULL, 1)')
  })

  it.each([
    ['a unique field', before.replace('mail String?', 'mail String? @unique'), 'U_mail_key', ['mail']],
    ['a unique key of two fields', before.replace('org Int\n', 'org Int\n  @@unique([mail, org])\n'), 'U_mail_org_key', ['mail', 'org']],
    ['another primary key', before.replace('id Int @id', 'id Int').replace('org Int\n', 'org Int @id\n'), 'U_pkey', ['org']],
  ])('lists the rows that stand in the way of %s', async (_, after, index, columns) => {
    const data = await database(`INSERT INTO "U" VALUES (1, 'a', 1), (2, 'a', 1), (3, NULL, 2), (4, NULL, 3)`)
    const plan = await planEdit({ before, after })
    const failure = await failureOf(() => tryOnData(data, plan.sql, 'm.sql', plan.adds))
    expect(failure.code).toBe('AUTHOR_DUPLICATES')
    expect(failure.details.meta).toMatchObject({ duplicates: { index, columns, groups: 1, examples: [['1', '2']] } })
    expect(failure.details.why).toContain('SELECT')
  })

  it('sees values that the same migration writes', async () => {
    const data = await database(`INSERT INTO "U" VALUES (1, 'a', 1), (2, 'b', 2)`)
    const plan = await planEdit({
      before,
      after: before.replace('org Int\n', 'org Int\n  code String @unique\n'),
      answers: { fill: { 'U.code': "'same'" } },
    })
    const failure = await failureOf(() => tryOnData(data, plan.sql, 'm.sql', plan.adds))
    expect(failure.code).toBe('AUTHOR_DUPLICATES')
  })

  it('tries only what can be rolled back', async () => {
    const data = await database('')
    await tryOnData(data, 'CREATE INDEX CONCURRENTLY i ON "U" (org)', 'm.sql', [])
    await tryOnData(data, '', 'm.sql', [])
    expect((await data.query(`SELECT to_regclass('i') AS i`)).rows).toEqual([{ i: null }])
  })
})

async function database(rows: string): Promise<Connection> {
  const connection = await connect(await createSchemaDatabase(before, rows))
  onTestFinished(() => connection.end())
  return connection
}

it('points into no file that is not written yet, and leaves other failures as they are', async () => {
  const data = await database('')
  const refused = (file: string) => failureOf(() => beforeWritten('m.sql', () => tryOnData(data, 'DELETE FROM nope', file, [])))
  const planned = await refused('m.sql')
  expect([planned.code, planned.details.where?.file]).toEqual(['AUTHOR_STATEMENT_REFUSED', undefined])
  expect(planned.details.where?.excerpt).toContain('DELETE FROM nope')
  expect(planned.message).not.toContain('m.sql')
  expect((await refused('earlier.sql')).code).toBe('STATEMENT_FAILED')
})
