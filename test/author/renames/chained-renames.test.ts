import { describe, expect, it } from 'vitest'
import { findChainedRenames } from '../../../src/author/renames/chained-renames.ts'
import { answersOf, planState } from '../../support/plan-state.ts'
import { carryOut } from '../../support/schema-edit.ts'

const model = (...fields: readonly string[]): string => `model U {\n  id Int @id\n  ${fields.join('\n  ')}\n}\n`

describe('findChainedRenames', () => {
  it('makes room before a name is taken, along the whole chain', async () => {
    const before = model('a String', 'b Int', 'c Boolean')
    const after = model('b String', 'c Int', 'd Boolean')
    const { facts, names } = await planState({ before, after })
    const renames = findChainedRenames(facts, names, answersOf({ rename: { 'U.a': 'b', 'U.b': 'c', 'U.c': 'd' } }))
    expect(renames.flatMap(({ statements }) => statements)).toEqual([
      'ALTER TABLE "U" RENAME COLUMN "c" TO "d"',
      'ALTER TABLE "U" RENAME COLUMN "b" TO "c"',
      'ALTER TABLE "U" RENAME COLUMN "a" TO "b"',
    ])
    expect(renames.map(({ used }) => used?.key)).toEqual(['U.c', 'U.b', 'U.a'])
  })

  it('lets one wait under another name where names change places', async () => {
    const edit = { before: model('a String', 'b Int', 'c Int'), after: model('b String', 'c Int', 'a Int') }
    const { facts, names } = await planState(edit)
    const circle = findChainedRenames(facts, names, answersOf({ rename: { 'U.a': 'b', 'U.b': 'c', 'U.c': 'a' } }))
    expect(circle.flatMap(({ statements }) => statements)).toEqual([
      'ALTER TABLE "U" RENAME COLUMN "a" TO "a_tide_swap"',
      'ALTER TABLE "U" RENAME COLUMN "c" TO "a"',
      'ALTER TABLE "U" RENAME COLUMN "b" TO "c"',
      'ALTER TABLE "U" RENAME COLUMN "a_tide_swap" TO "b"',
    ])
    expect(circle.map(({ used }) => used?.key).toSorted()).toEqual(['U.a', 'U.b', 'U.c'])
  })

  it('leaves everything else to the difference', async () => {
    const { facts, names } = await planState({ before: model('a String', 'b Int'), after: model('c String', 'b Int') })
    expect(findChainedRenames(facts, names, answersOf({ rename: { 'U.a': 'c' } }))).toEqual([])
    expect(findChainedRenames(facts, names, answersOf({ rename: { 'U.a': 'b' } }))).toEqual([])
    expect(findChainedRenames(facts, names, answersOf({ rename: { 'U.a': 'a' } }))).toEqual([])
  })
})

describe('names that change places', () => {
  it('takes the values of two fields along, by the answers alone', async () => {
    const { plan, connection, left } = await carryOut({
      before: model('a String', 'b String'),
      after: model('b String', 'a String'),
      answers: { rename: { 'U.a': 'b', 'U.b': 'a' } },
      rows: `INSERT INTO "U" (id, a, b) VALUES (1, 'was a', 'was b')`,
    })
    expect((await connection.query('SELECT a, b FROM "U"')).rows).toEqual([{ a: 'was b', b: 'was a' }])
    expect(plan.sql).toMatch(/^-- tide: rename U\.b:a\n-- tide: rename U\.a:b\n/)
    expect(left).toBe('')
  })

  it('takes enum values along in a model that is renamed too', async () => {
    const { connection, left } = await carryOut({
      before: 'model U {\n  id Int @id\n  e E\n}\nenum E {\n  A\n  B\n}',
      after: 'model V {\n  id Int @id\n  e F\n}\nenum F {\n  B\n  A\n}',
      answers: { rename: { U: 'V', E: 'F', 'E.A': 'B', 'E.B': 'A' } },
      rows: `INSERT INTO "U" VALUES (1, 'A'), (2, 'B')`,
    })
    expect((await connection.query('SELECT e FROM "V" ORDER BY id')).rows).toEqual([{ e: 'B' }, { e: 'A' }])
    expect(left).toBe('')
  })
})
