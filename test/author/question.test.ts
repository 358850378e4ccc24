import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candidate } from '../../src/author/question.ts'
import { pasteFlags, shellWords } from '../support/shell-words.ts'

const characters = [...Array.from("aZ0 '\"\\$`!#&|;<>()[]{}*?~=:.-\n\té%"), '😀']

describe('candidate', () => {
  it('quotes only what a shell would change', () => {
    expect(candidate('rename', 'User.name', 'fullName', '').flag).toBe('--rename User.name:fullName')
    expect(candidate('map', 'Role.OLD', 'NEW', '').flag).toBe('--map Role.OLD=NEW')
    expect(candidate('delete', 'User.fax', 'delete', '').flag).toBe('--delete User.fax')
    expect(candidate('fill', 'User.name', "''", '').flag).toBe(String.raw`--fill 'User.name='\'''\'''`)
    expect(candidate('delete', 'my table', 'delete', '').flag).toBe(`--delete 'my table'`)
    expect(candidate('rename', 'A.größe', 'size', '').flag).toBe(`--rename 'A.größe:size'`)
  })

  it('has a flag that comes out of a shell as it was, whatever it holds', () => {
    const text = fc.string({ unit: fc.constantFrom(...characters), minLength: 1 })
    fc.assert(
      fc.property(text, (value) => {
        expect(shellWords([candidate('fill', 'A.b', value, '').flag])).toEqual(['--fill', `A.b=${value}`])
      }),
      { numRuns: 60 },
    )
  })

  it('is read back as the answer that it gives', () => {
    const given = [
      candidate('rename', 'User.name', 'fullName', ''),
      candidate('fill', 'User.note', `coalesce("a", 'x=y')`, ''),
      candidate('cast', 'User.age', '"age"::int', ''),
      candidate('map', 'Role.OLD', 'NEW', ''),
      candidate('delete', 'User.fax', 'delete', ''),
    ]
    expect(pasteFlags(given.map(({ flag }) => flag)).answers).toEqual({
      rename: { 'User.name': 'fullName' },
      fill: { 'User.note': `coalesce("a", 'x=y')` },
      cast: { 'User.age': '"age"::int' },
      map: { 'Role.OLD': 'NEW' },
      delete: ['User.fax'],
    })
  })
})
