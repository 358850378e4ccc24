import { describe, expect, it } from 'vitest'
import { mergeAnswers, noAnswers, readAnswerFlags, readAnswersDocument } from '../../src/author/answers.ts'
import { failureOf } from '../support/failure.ts'

describe('readAnswerFlags', () => {
  it('reads the five kinds, an expression with whatever stands in it', () => {
    expect(
      readAnswerFlags({
        rename: ['User.name:fullName', 'odd:table:Model'],
        delete: ['User.fax', ' Pet '],
        fill: [`User.email = login || '@x=y'`],
        cast: ['User.age=CASE WHEN age ~ \'^[0-9]+$\' THEN age::int END'],
        map: ['Role.OLD=NEW'],
      }),
    ).toEqual({
      rename: { 'User.name': 'fullName', 'odd:table': 'Model' },
      delete: ['User.fax', 'Pet'],
      fill: { 'User.email': `login || '@x=y'` },
      cast: { 'User.age': `CASE WHEN age ~ '^[0-9]+$' THEN age::int END` },
      map: { 'Role.OLD': 'NEW' },
    })
    expect(readAnswerFlags({})).toEqual(noAnswers)
  })

  it.each([
    ['rename', 'User.name', '--rename Model.old:new'],
    ['rename', 'User.name:', '--rename Model.old:new'],
    ['rename', ' :name', '--rename Model.old:new'],
    ['fill', '=1', `--fill 'Model.field=ANSWER'`],
    ['cast', 'User.age', `--cast 'Model.field=ANSWER'`],
    ['map', 'Role.OLD= ', `--map 'Model.field=ANSWER'`],
  ] as const)('refuses --%s %j and shows how it is written', async (kind, value, fix) => {
    const failure = await failureOf(() => readAnswerFlags({ [kind]: [value] }))
    expect(failure.code).toBe('AUTHOR_ANSWER_UNREADABLE')
    expect(failure.message).toContain(JSON.stringify(value))
    expect(failure.details.fix).toContain(fix)
  })
})

describe('readAnswersDocument', () => {
  it('reads a document in which every key is optional', () => {
    const text = '{"rename": {"A.b": "c"}, "delete": ["A.d"], "fill": {"A.e": "1"}, "cast": {}, "map": {"E.A": "B"}}'
    expect(readAnswersDocument(text, 'answers.json')).toEqual({
      rename: { 'A.b': 'c' },
      delete: ['A.d'],
      fill: { 'A.e': '1' },
      cast: {},
      map: { 'E.A': 'B' },
    })
    expect(readAnswersDocument('{}', 'answers.json')).toEqual(noAnswers)
  })

  it.each([
    ['[]', 'one JSON object'],
    ['null', 'one JSON object'],
    ['{"renames": {}}', '"renames" is none of rename, delete, fill, cast, map'],
    ['{"rename": ["A:B"]}', '"rename" must be an object of strings'],
    ['{"fill": {"A.b": 1}}', '"fill.A.b" must be a string'],
    ['{"delete": {"A": true}}', '"delete" must be a list of strings'],
    ['{"delete": ["A", 2]}', '"delete[1]" must be a string'],
    ['{"rename": ', 'JSON'],
  ])('refuses %s and says where', async (text, why) => {
    const failure = await failureOf(() => readAnswersDocument(text, 'answers.json'))
    expect(failure.code).toBe('AUTHOR_ANSWERS_INVALID')
    expect(failure.details.where).toEqual({ file: 'answers.json' })
    expect(failure.details.why).toContain(why)
  })
})

describe('mergeAnswers', () => {
  it('takes both, and the later one where both answer', () => {
    const earlier = { ...noAnswers, rename: { 'A.b': 'c', 'A.d': 'e' }, delete: ['X'] }
    const later = { ...noAnswers, rename: { 'A.b': 'z' }, delete: ['X', 'Y'], map: { 'E.A': 'B' } }
    expect(mergeAnswers(earlier, later)).toEqual({
      ...noAnswers,
      rename: { 'A.b': 'z', 'A.d': 'e' },
      delete: ['X', 'Y'],
      map: { 'E.A': 'B' },
    })
  })
})
