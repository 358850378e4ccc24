import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { fitIdentifier, quoteIdentifier, quoteLiteral, quoteQualified } from '../../src/postgres/quote.ts'
import { testServer } from '../support/database.ts'

/** Any text that PostgreSQL can hold: no NUL, no half of a surrogate pair. */
const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((value) => !value.includes('\0'))
const name = text.filter((value) => value !== '').map(fitIdentifier)

test('a name keeps case, quotes, dots and keywords', () => {
  expect(quoteIdentifier('user')).toBe('"user"')
  expect(quoteIdentifier('My "own".table')).toBe('"My ""own"".table"')
  expect(quoteQualified('public', 'Order')).toBe('"public"."Order"')
})

test('PostgreSQL reads any quoted name back as it was', async () => {
  await withConnection(testServer(), (connection) =>
    fc.assert(
      fc.asyncProperty(name, async (given) => {
        const { fields } = await connection.query(`SELECT 1 AS ${quoteIdentifier(given)}`)
        expect(fields[0]?.name).toBe(given)
      }),
    ),
  )
})

test.each(['on', 'off'])('PostgreSQL reads any literal back, standard_conforming_strings %s', async (setting) => {
  await withConnection(testServer(), async (connection) => {
    await connection.query(`SET standard_conforming_strings = ${setting}`)
    await connection.query("SET escape_string_warning = off; SET backslash_quote = 'off'")
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, fc.string({ unit: fc.constantFrom("'", '\\', 'a', '\n') })), async (given) => {
        const { rows } = await connection.query<{ value: string }>(`SELECT${quoteLiteral(given)}::text AS value`)
        expect(rows[0]?.value).toBe(given)
      }),
    )
  })
})

test('a fitted name is a prefix of at most 63 bytes, with no half of a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (given) => {
      const fitted = fitIdentifier(given)
      expect(given.startsWith(fitted)).toBe(true)
      expect(Buffer.byteLength(fitted)).toBeLessThanOrEqual(63)
      if (Buffer.byteLength(given) > 63) expect(Buffer.byteLength(fitted)).toBeGreaterThan(59)
    }),
  )
})
