import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'an optional field made required where rows are NULL',
  before: `
model Profile {
  id      Int     @id @default(autoincrement())
  country String?
}
`,
  rows: `INSERT INTO "Profile" (country) VALUES ('DE'), (NULL), (NULL)`,
  after: `
model Profile {
  id      Int    @id @default(autoincrement())
  country String
}
`,
  questions: ['fill Profile.country'],
  answers: { fill: { 'Profile.country': `'unknown'` } },
  expect: [{ query: 'SELECT id, country FROM "Profile" ORDER BY id', rows: ['1|DE', '2|unknown', '3|unknown'] }],
  back: 'exact',
  afterDown: [{ query: 'SELECT id, country FROM "Profile" WHERE id = 1', rows: ['1|DE'] }],
})
