import { expect, test } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import { copyOut } from '../../../src/postgres/copy/copy-out.ts'
import { type CopyRow, copyRows } from '../../../src/postgres/copy/copy-rows.ts'
import { copyLine } from '../../../src/postgres/copy/copy-text.ts'
import { testServer } from '../../support/database.ts'

test('every text that a server writes is read back, and written as the server takes it', async () => {
  const texts = ['', '\\N', 'a\tb', 'a\nb', 'a\r\nb', '\\', '\\\\n', '\b\f\v', 'é 😀', '\\t', "'", 'x'.repeat(300_000)]
  const list = texts.map((text) => `($$${text}$$, NULL)`).join(', ')
  const rows: CopyRow[] = []
  await withConnection(testServer(), async (connection) => {
    for await (const piece of copyRows(copyOut(connection, `SELECT * FROM (VALUES ${list}) AS t (a, b)`))) rows.push(...piece)
  })
  expect(rows).toEqual(texts.map((text) => [text, null]))
  const again: CopyRow[] = []
  for await (const piece of copyRows(pieces(rows.map(copyLine).join('')))) again.push(...piece)
  expect(again).toEqual(rows)
})

/** Cut anywhere, also within a character. */
async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += 7) yield Promise.resolve(bytes.subarray(at, at + 7))
}
