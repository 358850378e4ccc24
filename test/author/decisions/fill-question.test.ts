import { describe, expect, it } from 'vitest'
import { decideFills } from '../../../src/author/decisions/fills.ts'
import { decisionInput } from '../../support/plan-state.ts'

const model = (...fields: readonly string[]): string => `model U {\n  id Int @id\n  ${fields.join('\n  ')}\n}\n`
const enums = 'enum Old {\n  NONE\n  SOME\n}\nenum New {\n  FIRST\n  SECOND\n}\n'

describe('the values proposed for a new field', () => {
  it('are of its type', async () => {
    const fields = {
      a: 'String',
      b: 'String @db.Uuid',
      c: 'Int',
      d: 'Decimal @db.Money',
      e: 'Boolean',
      f: 'DateTime',
      g: 'DateTime @db.Date',
      h: 'Json',
      i: 'Bytes',
      j: 'Old',
      k: 'New',
      l: 'New[]',
      m: 'String @db.Bit(3)',
      n: 'DateTime @db.Time(3)',
      o: 'Unsupported("point")',
    }
    const expected = {
      a: "''", b: 'gen_random_uuid()', c: '0', d: '0', e: 'false', f: 'now()', g: 'current_date', h: "'{}'", i: "''",
      j: "'NONE'", k: "'FIRST'", m: "repeat('0', 3)::bit(3)", n: "'00:00'", o: 'none',
    }
    const added = Object.entries(fields).map(([name, type]) => `${name} ${type}`)
    const before = `${model('x Old')}enum Old {\n  NONE\n  SOME\n}`
    const { questions } = decideFills(await decisionInput({ before, after: model('x Old', ...added) + enums }))
    const answers = questions.map(({ subject, candidates }) => [subject.slice(2), candidates[0]?.answer] as const)
    expect(Object.fromEntries(answers)).toEqual(expected)
    expect(questions.every(({ flag, candidates }) => flag === candidates[0]?.flag && candidates.at(-1)?.answer === 'none')).toBe(true)
  })

  it('are rows that a foreign key finds, of one row for a key of two columns', async () => {
    const { questions } = decideFills(
      await decisionInput({
        before: `${model('x Int')}model O {\n  a Int\n  b String\n  @@id([a, b])\n}`,
        after: `${model('x Int', 'oA Int', 'oB String', 'o O @relation(fields: [oA, oB], references: [a, b])')}model O {\n  a Int\n  b String\n  us U[]\n  @@id([a, b])\n}`,
      }),
    )
    expect(questions.map(({ candidates }) => candidates[0])).toMatchObject([
      { answer: '(SELECT "a" FROM "O" ORDER BY "a", "b" LIMIT 1)', reason: 'the first row of O' },
      { answer: '(SELECT "b" FROM "O" ORDER BY "a", "b" LIMIT 1)', reason: 'the first row of O' },
    ])
  })

  it('have the type that the key gets in the same migration', async () => {
    const org = (type: string, further = ''): string => `model O {\n  id ${type} @id\n${further}}\n`
    const { questions } = decideFills(
      await decisionInput({
        before: model('x Int') + org('Int'),
        after: model('x Int', 'oId String @db.Uuid', 'o O @relation(fields: [oId], references: [id])') + org('String', '  us U[]\n').replace('String', 'String @db.Uuid'),
      }),
    )
    expect(questions[0]?.candidates[0]?.answer).toBe('(SELECT md5("id"::text)::uuid FROM "O" ORDER BY "id" LIMIT 1)')
  })

  it('differ in each row where they must be unique', async () => {
    const after = model('x Int', 'a String @unique', 'b String @unique @db.VarChar(10)', 'c Int @unique', 'd Boolean @unique')
    const { questions } = decideFills(await decisionInput({ before: model('x Int'), after }))
    expect(questions.map(({ candidates }) => candidates[0]?.answer)).toEqual([
      'gen_random_uuid()::text',
      'left(md5(gen_random_uuid()::text), 10)',
      '"id"',
      'false',
    ])
  })

  it('are the default, where a field that becomes required has or gets one', async () => {
    const before = model('a Int? @default(7)', 'b Int?', 'c Int?')
    const after = model('a Int @default(7)', 'b Int @default(8)', 'c Int @default(autoincrement())')
    const { questions } = decideFills(await decisionInput({ before, after }))
    expect(questions.map(({ subject, candidates }) => [subject, candidates[0]?.answer])).toEqual([
      ['U.a', '7'],
      ['U.b', '8'],
      ['U.c', '0'],
    ])
  })

  it('have the type that the field gets by a cast, whose NULLs nobody can count yet', async () => {
    const before = model('a String[] @default(["x"])', 'b Int? @default(3)')
    const { questions } = decideFills(await decisionInput({ before, after: model('a String', 'b BigInt @default(3)') }))
    expect(questions.map(({ subject, candidates, counts }) => [subject, candidates[0]?.answer, counts?.length])).toEqual([
      ['U.a', "''", 0],
      ['U.b', '3', 1],
    ])
  })
})
