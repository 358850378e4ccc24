import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a column renamed by @map, the field as it was',
  before: `
model User {
  id        Int      @id @default(autoincrement())
  firstName String
  createdAt DateTime @default(now())
}
`,
  rows: `INSERT INTO "User" ("firstName", "createdAt") VALUES ('Ada', '2024-01-01'), ('Bob', '2024-02-01')`,
  after: `
model User {
  id        Int      @id @default(autoincrement())
  firstName String   @map("first_name")
  createdAt DateTime @default(now()) @map("created_at")
}
`,
  questions: ['rename User.firstName', 'rename User.createdAt'],
  answers: { rename: { 'User.firstName': 'firstName', 'User.createdAt': 'createdAt' } },
  expect: [
    {
      query: 'SELECT id, first_name, created_at FROM "User" ORDER BY id',
      rows: ['1|Ada|2024-01-01 00:00:00', '2|Bob|2024-02-01 00:00:00'],
    },
  ],
  back: 'exact',
})
