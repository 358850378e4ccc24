import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeRecord } from '../../../src/fix/rows/record-text.ts'
import { withConnection } from '../../../src/postgres/connect.ts'
import { testServer } from '../../support/database.ts'

test('the text of a row is read as PostgreSQL has written it, whatever stands in it', async () => {
  const character = fc.constantFrom('"', '\\', ',', '(', ')', '{', ' ', '\n', '\t', 'a', 'NULL', 'ü', '😀', "'")
  const cell = fc.option(fc.array(character, { maxLength: 6 }).map((parts) => parts.join('')))
  await withConnection(testServer(), async (connection) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 50, maxLength: 50 }), async (rows) => {
        const { rows: texts } = await connection.query<{ record: string }>(
          `SELECT ROW(a, b, c)::text AS record FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS r (a, b, c, n)
            ORDER BY n`,
          [0, 1, 2].map((place) => rows.map((row) => row[place])),
        )
        expect(texts.map(({ record }) => decodeRecord(record))).toEqual(rows)
      }),
      { numRuns: 20 },
    )
  })
})
