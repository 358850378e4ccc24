import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'text limited to a length that some rows are over',
  before: `
model Snippet {
  id    Int    @id @default(autoincrement())
  title String
}
`,
  rows: `INSERT INTO "Snippet" (title) VALUES ('short'), ('much longer than that')`,
  after: `
model Snippet {
  id    Int    @id @default(autoincrement())
  title String @db.VarChar(8)
}
`,
  questions: ['cast Snippet.title'],
  answers: { cast: { 'Snippet.title': 'left("title", 8)' } },
  expect: [{ query: 'SELECT id, title FROM "Snippet" ORDER BY id', rows: ['1|short', '2|much lon'] }],
  back: 'exact',
  afterDown: [{ query: 'SELECT id, title FROM "Snippet" WHERE id = 1', rows: ['1|short'] }],
})
