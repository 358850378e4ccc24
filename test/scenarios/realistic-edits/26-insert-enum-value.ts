import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'an enum value declared in the middle keeps its place in the order',
  before: `
enum Severity {
  LOW
  HIGH
}

model Alert {
  id       Int      @id @default(autoincrement())
  severity Severity
}
`,
  rows: `INSERT INTO "Alert" (severity) VALUES ('HIGH'), ('LOW')`,
  after: `
enum Severity {
  LOW
  MEDIUM
  HIGH
}

model Alert {
  id       Int      @id @default(autoincrement())
  severity Severity
}
`,
  questions: [],
  answers: {},
  expect: [
    { query: 'SELECT id, severity FROM "Alert" ORDER BY id', rows: ['1|HIGH', '2|LOW'] },
    { query: 'SELECT enum_range(NULL::"Severity")', rows: ['{LOW,MEDIUM,HIGH}'] },
  ],
  back: 'exact',
})
