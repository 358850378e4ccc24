import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a field dropped with its data',
  before: `
model User {
  id       Int     @id @default(autoincrement())
  email    String
  nickname String?
}
`,
  rows: `INSERT INTO "User" (email, nickname) VALUES ('ada@example.org', 'ada'), ('bob@example.org', NULL)`,
  after: `
model User {
  id    Int    @id @default(autoincrement())
  email String
}
`,
  questions: ['delete User.nickname'],
  answers: { delete: ['User.nickname'] },
  expect: [{ query: 'SELECT * FROM "User" ORDER BY id', rows: ['1|ada@example.org', '2|bob@example.org'] }],
  back: 'exact',
  afterDown: [{ query: 'SELECT id, email FROM "User" ORDER BY id', rows: ['1|ada@example.org', '2|bob@example.org'] }],
})
