import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a required field added, filled from another column, no default left behind',
  before: `
model Product {
  id    Int    @id @default(autoincrement())
  title String
}
`,
  rows: `INSERT INTO "Product" (title) VALUES ('Red Shoe'), ('Blue Hat')`,
  after: `
model Product {
  id    Int    @id @default(autoincrement())
  title String
  slug  String @unique
}
`,
  questions: ['fill Product.slug'],
  answers: { fill: { 'Product.slug': `lower(replace("title", ' ', '-'))` } },
  expect: [
    {
      query: 'SELECT id, title, slug FROM "Product" ORDER BY id',
      rows: ['1|Red Shoe|red-shoe', '2|Blue Hat|blue-hat'],
    },
    {
      query: `SELECT is_nullable, column_default FROM information_schema.columns
        WHERE table_name = 'Product' AND column_name = 'slug'`,
      rows: ['NO|NULL'],
    },
  ],
  back: 'exact',
})
