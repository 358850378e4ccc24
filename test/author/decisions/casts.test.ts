import { describe, expect, it } from 'vitest'
import { decideCasts } from '../../../src/author/decisions/casts.ts'
import { openKey } from '../../../src/author/renames/rename.ts'
import { decisionInput } from '../../support/plan-state.ts'
import { planEdit } from '../../support/schema-edit.ts'

const model = (...fields: readonly string[]): string => `model U {\n  id Int @id\n  ${fields.join('\n  ')}\n}\n`
const roles = 'enum Role {\n  A\n}\nenum Rank {\n  A\n}\n'

describe('decideCasts', () => {
  it('asks where a value may change or be refused, whether the engine replaces the column or not', async () => {
    const before = model('a String', 'b Decimal @db.Decimal(10, 2)', 'c Int', 'd Role @map("D d")') + roles
    const after = model('a Int', 'b Decimal @db.Decimal(8, 1)', 'c BigInt', 'd Rank @map("D d")') + roles
    const { questions, casts } = decideCasts(await decisionInput({ before, after }))
    expect(casts).toEqual([])
    expect(questions.map(({ subject, message }) => [subject, message])).toEqual([
      ['U.a', 'The type of U.a changes from text to INTEGER. What becomes of existing values?'],
      ['U.b', 'The type of U.b changes from numeric(10,2) to DECIMAL(8,1). What becomes of existing values?'],
      ['U.d', 'The type of U.d changes from "Role" to "Rank". What becomes of existing values?'],
    ])
  })

  it('takes an answer, also for a change that needs none', async () => {
    const edit = { before: model('a String', 'c Int'), after: model('a Int', 'c BigInt') }
    const { casts, questions, used } = decideCasts(
      await decisionInput({ ...edit, answers: { cast: { 'U.a': 'length(a)', 'U.c': 'c * 10' } } }),
    )
    expect(questions).toEqual([])
    expect(casts.map(({ column, type, expression, notNull }) => [column, type, expression, notNull])).toEqual([
      ['c', 'BIGINT', 'c * 10', true],
      ['a', 'INTEGER', 'length(a)', true],
    ].toSorted())
    expect(used.map(({ key }) => key).toSorted()).toEqual(['U.a', 'U.c'])
  })

  it('leaves the plain cast to PostgreSQL, but not one that would cut a text without a word', async () => {
    const plain = await planEdit({ before: model('a Int'), after: model('a String'), answers: { cast: { 'U.a': '"a"::TEXT' } } })
    expect(plain.sql).toContain('ALTER COLUMN "a" SET DATA TYPE TEXT;')
    const cut = await planEdit({
      before: model('a String'),
      after: model('a String @db.VarChar(3)'),
      answers: { cast: { 'U.a': '"a"::VARCHAR(3)' } },
    })
    expect(cut.sql).toContain('SET DATA TYPE VARCHAR(3) USING ("a"::VARCHAR(3));')
  })

  it('says the time zone where a plain cast would go by that of the session, and tells so', async () => {
    const before = model('a DateTime', 'b DateTime @db.Timestamptz(3)', 'c DateTime @db.Timestamptz(3)', 'd DateTime')
    const after = model('a DateTime @db.Timestamptz(3)', 'b DateTime', 'c DateTime @db.Date', 'd DateTime @db.Date')
    const cast = { 'U.a': '"a"::TIMESTAMPTZ(3)', 'U.b': 'b', 'U.c': '(c::date)', 'U.d': 'd::date' }
    const { sql, notes } = await planEdit({ before, after, answers: { cast } })
    expect(sql).toContain(`SET DATA TYPE TIMESTAMPTZ(3) USING ("a" AT TIME ZONE 'UTC')`)
    expect(sql).toContain(`SET DATA TYPE TIMESTAMP(3) USING ("b" AT TIME ZONE 'UTC')`)
    expect(sql).toContain(`SET DATA TYPE DATE USING (("c" AT TIME ZONE 'UTC')::date)`)
    expect(notes.map((note) => note.slice(0, 4)).toSorted()).toEqual(['U.a:', 'U.b:', 'U.c:'])
  })

  it('asks nothing while a rename of the field or of its enum is open', async () => {
    const input = await decisionInput({ before: model('d Role', 'a Int') + roles, after: model('d Rank', 'a Boolean') + roles })
    const open = [openKey({ schema: undefined, name: 'Role' }), openKey({ schema: undefined, name: 'U' }, 'a')]
    expect(decideCasts({ ...input, open }).questions).toEqual([])
    expect(decideCasts(input).questions).toHaveLength(2)
  })

  it('lets the values of a replaced column go where that is the answer', async () => {
    const edit = { before: model('a String'), after: model('a Int?'), answers: { delete: ['U.a'] } }
    expect((await planEdit(edit)).sql).toContain('DROP COLUMN "a",\nADD COLUMN     "a" INTEGER;')
  })
})
