import { expect, test } from 'vitest'
import { readDocumentation } from '../../src/prisma/schema-documentation.ts'

function documented(body: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readDocumentation(`model A {\n${body}\n}`))
}

test('comments of three slashes belong to the field below them, or before them on its line', () => {
  expect(documented(`
  /// Who it is.
  /// @seed(iban) @pii(S)
  reference String
  note String? @default("a // b /// c") /// Said \u201caloud\u201d.
  /// above
  both Int @db.SmallInt /// behind`)).toEqual({
    reference: 'Who it is.\n@seed(iban) @pii(S)',
    note: 'Said \u201caloud\u201d.',
    both: 'above\nbehind',
  })
})

test('comments of two slashes, of the model, and above an empty line are no field\'s', () => {
  expect(documented(`
  // not this
  id Int @id // nor /// this
  /// nor this

  name String
  /// @@map is no field
  @@map("a")
  other Int`)).toEqual({})
})

test('Windows line ends and names beyond ASCII', () => {
  expect(documented('  /// Länge\r\n  länge Int\r\n')).toEqual({ länge: 'Länge' })
})
