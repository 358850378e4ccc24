import { describe, expect, it } from 'vitest'
import { argumentOf, logicalLines, readAttributes } from '../../src/prisma/schema-attributes.ts'

describe('logicalLines', () => {
  it('leaves out comments of both kinds, but not what looks like one in a string', () => {
    expect(logicalLines('a // one\n"b // /* c" /* d\n e */ f\n\n/// g\n"h \\" // i"')).toEqual(['a', '"b // /* c"', 'f', '"h \\" // i"'])
  })

  it('joins lines while a parenthesis is open, and gives what is never closed', () => {
    expect(logicalLines('a @x(\n  1, // one\n  "("\n)\r\nb\nc @y(')).toEqual(['a @x( 1, "(" )', 'b', 'c @y('])
  })
})

describe('readAttributes', () => {
  it('reads names and arguments, nested parentheses and strings with parentheses', () => {
    expect(readAttributes('@id @default(dbgenerated("f(\')\')")) @db.VarChar(20) @@map("x")')).toEqual([
      { name: '@id', argumentText: undefined },
      { name: '@default', argumentText: 'dbgenerated("f(\')\')")' },
      { name: '@db.VarChar', argumentText: '20' },
      { name: '@@map', argumentText: '"x"' },
    ])
  })

  it('takes an @ in a string for no attribute', () => {
    expect(readAttributes('@default("mail@map(\\"x\\")")').map(({ name }) => name)).toEqual(['@default'])
  })
})

describe('argumentOf', () => {
  it('takes the first string, or the one that is named, and resolves its escapes', () => {
    expect(argumentOf('"a \\"b\\" \\\\"', 'name')).toBe('a "b" \\')
    expect(argumentOf('fields: [a], name : "b"', 'name')).toBe('b')
    expect(argumentOf('fields: [a], map: "b"', 'name')).toBeUndefined()
    expect(argumentOf(undefined, 'name')).toBeUndefined()
  })
})
