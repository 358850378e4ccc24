import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'an enum value renamed that rows and a default hold',
  before: `
enum Status {
  DRAFT
  LIVE
}

model Page {
  id     Int    @id @default(autoincrement())
  status Status @default(LIVE)
}
`,
  rows: `INSERT INTO "Page" (status) VALUES ('LIVE'), ('DRAFT'), ('LIVE')`,
  after: `
enum Status {
  DRAFT
  PUBLISHED
}

model Page {
  id     Int    @id @default(autoincrement())
  status Status @default(PUBLISHED)
}
`,
  questions: ['rename Status.LIVE'],
  answers: { rename: { 'Status.LIVE': 'PUBLISHED' } },
  expect: [{ query: 'SELECT id, status FROM "Page" ORDER BY id', rows: ['1|PUBLISHED', '2|DRAFT', '3|PUBLISHED'] }],
  back: 'exact',
})
