import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'an enum becomes text and is dropped',
  before: `
enum Source {
  WEB
  APP
}

model Visit {
  id     Int    @id @default(autoincrement())
  source Source @default(WEB)
}
`,
  rows: `INSERT INTO "Visit" (source) VALUES ('APP'), ('WEB')`,
  after: `
model Visit {
  id     Int    @id @default(autoincrement())
  source String @default("WEB")
}
`,
  questions: ['cast Visit.source'],
  answers: { cast: { 'Visit.source': '"source"::text' } },
  expect: [
    { query: 'SELECT id, source FROM "Visit" ORDER BY id', rows: ['1|APP', '2|WEB'] },
    { query: `SELECT count(*) FROM pg_type WHERE typname = 'Source'`, rows: ['0'] },
  ],
  back: 'exact',
})
