import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'Float becomes Decimal with two digits: what is rounded is asked',
  before: `
model Payment {
  id     Int   @id @default(autoincrement())
  amount Float
}
`,
  rows: `INSERT INTO "Payment" (amount) VALUES (10.5), (0.125)`,
  after: `
model Payment {
  id     Int     @id @default(autoincrement())
  amount Decimal @db.Decimal(10, 2)
}
`,
  questions: ['cast Payment.amount'],
  answers: { cast: { 'Payment.amount': 'round("amount"::numeric, 2)' } },
  expect: [{ query: 'SELECT id, amount FROM "Payment" ORDER BY id', rows: ['1|10.50', '2|0.13'] }],
  kept: [{ query: 'SELECT id, amount = 0.125 FROM "Payment" WHERE id = 2', rows: ['2|t'] }],
  back: 'exact',
})
