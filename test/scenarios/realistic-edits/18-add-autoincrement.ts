import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'autoincrement added to keys that have rows: the sequence goes on after the highest',
  before: `
model Invoice {
  id     Int    @id
  number BigInt
}
`,
  rows: `INSERT INTO "Invoice" (id, number) VALUES (1, 1000), (41, 1041)`,
  after: `
model Invoice {
  id     Int    @id @default(autoincrement())
  number BigInt @default(autoincrement())
}
`,
  questions: [],
  answers: {},
  expect: [
    { query: 'SELECT id, number FROM "Invoice" ORDER BY id', rows: ['1|1000', '41|1041'] },
    {
      query: `SELECT nextval(pg_get_serial_sequence('"Invoice"', 'id')),
        nextval(pg_get_serial_sequence('"Invoice"', 'number'))`,
      rows: ['42|1042'],
      once: true,
    },
  ],
  back: 'exact',
})
