import { defineEdit } from '../../support/realistic-edit.ts'

const rows = {
  query: 'SELECT id, email, "displayName" FROM "User" ORDER BY id',
  rows: ['1|ada@example.org|Ada', '2|bob@example.org|Bob'],
}

export const edit = defineEdit({
  title: 'a field renamed, with an index on it',
  before: `
model User {
  id       Int    @id @default(autoincrement())
  email    String @unique
  fullName String

  @@index([fullName])
}
`,
  rows: `INSERT INTO "User" (email, "fullName") VALUES ('ada@example.org', 'Ada'), ('bob@example.org', 'Bob')`,
  after: `
model User {
  id          Int    @id @default(autoincrement())
  email       String @unique
  displayName String

  @@index([displayName])
}
`,
  questions: ['rename User.fullName'],
  answers: { rename: { 'User.fullName': 'displayName' } },
  expect: [
    rows,
    {
      query: `SELECT indexname FROM pg_indexes WHERE tablename = 'User' ORDER BY 1`,
      rows: ['User_displayName_idx', 'User_email_key', 'User_pkey'],
    },
  ],
  kept: [rows],
  back: 'exact',
})
