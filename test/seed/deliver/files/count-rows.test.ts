import { expect, test } from 'vitest'
import { createRowCounter } from '../../../../src/seed/deliver/files/count-rows.ts'
import { createEncoder } from '../../../../src/seed/deliver/files/encode-rows.ts'
import { fileFormats } from '../../../../src/seed/deliver/files/formats.ts'
import type { TableFacts } from '../../../../src/postgres/tables/table-facts.ts'

const table = { schema: 'a(b', name: `t"(`, columns: [] } as unknown as TableFacts
const cells = [`(`, `it's (so)`, `line\nbreak`, `"quoted"\n"`, '', null, `\\'(`, `"`, `ends "`]

test.each(fileFormats)('counts the rows of %s in pieces of any size', (format) => {
  const { head, encode } = createEncoder(format, table, [`c'(`, 'd'])
  for (const count of [0, 1, 7, 403]) {
    const cell = (at: number) => cells[at % cells.length] ?? null
    const rows = Array.from({ length: count }, (_, at) => [cell(at), cell(at + 3)])
    const bytes = Buffer.from(head + encode(rows))
    for (const size of [1, 5, 1 << 16]) {
      const counter = createRowCounter(format)
      for (let at = 0; at < bytes.length; at += size) counter.add(bytes.subarray(at, at + size))
      expect(counter.rows()).toBe(count)
    }
  }
})

test('counts a last line without its break', () => {
  const counter = createRowCounter('copy')
  counter.add(Buffer.from('1\t2\n3\t4'))
  expect(counter.rows()).toBe(2)
})
