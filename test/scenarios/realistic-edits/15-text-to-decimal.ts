import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'text with a currency sign becomes Decimal',
  before: `
model Price {
  id     Int    @id @default(autoincrement())
  amount String
}
`,
  rows: `INSERT INTO "Price" (amount) VALUES ('$12.50'), ('7')`,
  after: `
model Price {
  id     Int     @id @default(autoincrement())
  amount Decimal @db.Decimal(12, 2)
}
`,
  questions: ['cast Price.amount'],
  answers: { cast: { 'Price.amount': `ltrim("amount", '$')::numeric(12, 2)` } },
  expect: [{ query: 'SELECT id, amount FROM "Price" ORDER BY id', rows: ['1|12.50', '2|7.00'] }],
  back: 'exact',
})
