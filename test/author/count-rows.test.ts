import { describe, expect, it, onTestFinished } from 'vitest'
import { countRows } from '../../src/author/count-rows.ts'
import { connect } from '../../src/postgres/connect.ts'
import { createSchemaDatabase, planEdit } from '../support/schema-edit.ts'

const before = 'model User {\n  id Int @id\n  name String?\n  role Role?\n  roles Role[]\n}\nenum Role {\n  A\n  OLD\n}\n'
const rows = `INSERT INTO "User" VALUES (1, 'x', 'OLD', '{OLD,A}'), (2, NULL, 'A', '{OLD}'), (3, 'y', NULL, '{}')`

describe('countRows', () => {
  it('counts what a question concerns: rows, values, NULLs, labels in columns and lists', async () => {
    const data = await connect(await createSchemaDatabase(before, rows))
    onTestFinished(() => data.end())
    const asked = async (after: string, answers = {}): Promise<Readonly<Record<string, number | undefined>>> => {
      const { questions } = await planEdit({ before, after, answers }, data)
      return Object.fromEntries(questions.map(({ kind, subject, rows: count }) => [`${kind} ${subject}`, count]))
    }
    expect(await asked(before.replace('name String?', 'name String').replace('  OLD\n', '').replace('role Role?', 'role Role?\n  n Int'))).toEqual({
      'map Role.OLD': 3,
      'fill User.n': 3,
      'fill User.name': 1,
    })
    expect(await asked(before.replace('name String?', 'name Int?'))).toEqual({ 'cast User.name': 2 })
    expect(await asked(before.replace('  name String?\n', ''))).toEqual({ 'delete User.name': 2 })
    expect(await asked(before.replace('name String?', 'label String?'))).toEqual({ 'rename User.name': 2 })
    expect(await asked(before.replace('model User', 'model Person').replace('  OLD\n', '  NEW\n'))).toEqual({ 'rename User': 3, 'rename Role.OLD': 3 })
  })

  it('counts under the names that the database still has', async () => {
    const data = await connect(await createSchemaDatabase(before, rows))
    onTestFinished(() => data.end())
    const after = before.replace('model User', 'model Person').replace('name String?', 'label Int')
    const { questions } = await planEdit({ before, after, answers: { rename: { User: 'Person', 'Person.name': 'label' } } }, data)
    expect(questions.map(({ subject, rows: count }) => [subject, count])).toEqual([['Person.label', 2]])
  })

  it('leaves the number out where nobody can say it, and leaves no transaction open', async () => {
    const data = await connect(await createSchemaDatabase(before))
    onTestFinished(() => data.end())
    const question = { kind: 'fill', subject: 'X.y', message: '', candidates: [], flag: '' } as const
    const missing = { ...question, counts: [{ table: { schema: undefined, name: 'missing' } }] }
    const same = (table: { schema: string | undefined; name: string }, column?: string) => ({ table, column })
    expect(await countRows([missing, question], (use) => use(data), same)).toEqual([question, question])
    expect(await countRows([missing], undefined, same)).toEqual([question])
    expect(await countRows([missing], () => Promise.reject(new Error('unreachable')), same)).toEqual([question])
    expect((await data.query('SELECT pg_current_xact_id_if_assigned() AS id, now() = statement_timestamp() AS alone')).rows).toEqual([{ id: null, alone: true }])
  })
})
