import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a field made unique where values stand twice: listed and stopped',
  before: `
model Newsletter {
  id    Int    @id @default(autoincrement())
  email String
}
`,
  rows: `INSERT INTO "Newsletter" (email) VALUES ('ada@example.org'), ('bob@example.org'), ('ada@example.org')`,
  after: `
model Newsletter {
  id    Int    @id @default(autoincrement())
  email String @unique
}
`,
  questions: [],
  answers: {},
  outcome: 'stops',
  repair: 'DELETE FROM "Newsletter" WHERE id = 3',
  expect: [
    { query: 'SELECT id, email FROM "Newsletter" ORDER BY id', rows: ['1|ada@example.org', '2|bob@example.org'] },
    {
      query: `SELECT indexname FROM pg_indexes WHERE tablename = 'Newsletter' ORDER BY 1`,
      rows: ['Newsletter_email_key', 'Newsletter_pkey'],
    },
  ],
  back: 'exact',
})
