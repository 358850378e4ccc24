import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'an autoincrement replaced by a fixed default',
  before: `
model Slot {
  id       Int    @id
  position Int    @default(autoincrement())
  color    String @default("red")
}
`,
  rows: `INSERT INTO "Slot" (id) VALUES (1), (2)`,
  after: `
model Slot {
  id       Int    @id
  position Int    @default(0)
  color    String @default("blue")
}
`,
  questions: [],
  answers: {},
  expect: [
    { query: 'SELECT id, position, color FROM "Slot" ORDER BY id', rows: ['1|1|red', '2|2|red'] },
    {
      query: `SELECT column_default FROM information_schema.columns
        WHERE table_name = 'Slot' AND column_default IS NOT NULL ORDER BY 1`,
      rows: [`'blue'::text`, '0'],
    },
  ],
  back: 'exact',
})
