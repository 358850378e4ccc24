import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'an enum value removed that rows hold',
  before: `
enum Plan {
  FREE
  BASIC
  PRO
}

model Team {
  id   Int  @id @default(autoincrement())
  plan Plan @default(FREE)
}
`,
  rows: `INSERT INTO "Team" (plan) VALUES ('FREE'), ('BASIC'), ('PRO')`,
  after: `
enum Plan {
  FREE
  PRO
}

model Team {
  id   Int  @id @default(autoincrement())
  plan Plan @default(FREE)
}
`,
  questions: ['map Plan.BASIC'],
  answers: { map: { 'Plan.BASIC': 'PRO' } },
  expect: [{ query: 'SELECT id, plan FROM "Team" ORDER BY id', rows: ['1|FREE', '2|PRO', '3|PRO'] }],
  back: 'exact',
})
