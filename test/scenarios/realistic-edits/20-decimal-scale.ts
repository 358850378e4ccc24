import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a Decimal loses two of its four digits: kept in a second column first',
  before: `
model Rate {
  id    Int     @id @default(autoincrement())
  value Decimal @db.Decimal(10, 4)
}
`,
  rows: `INSERT INTO "Rate" (value) VALUES (1.2345), (2.0000)`,
  after: `
model Rate {
  id    Int     @id @default(autoincrement())
  value Decimal @db.Decimal(10, 2)
  exact String?
}
`,
  questions: ['cast Rate.value'],
  answers: { cast: { 'Rate.value': 'trunc("value", 2)' }, fill: { 'Rate.exact': '"value"::text' } },
  expect: [{ query: 'SELECT id, value, exact FROM "Rate" ORDER BY id', rows: ['1|1.23|1.2345', '2|2.00|2.0000'] }],
  kept: [{ query: 'SELECT id, value = 1.2345 FROM "Rate" WHERE id = 1', rows: ['1|t'] }],
  back: 'exact',
})
