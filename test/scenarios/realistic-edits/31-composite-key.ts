import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a composite key gets a third, new field',
  before: `
model Seat {
  row    Int
  number Int
  label  String

  @@id([row, number])
}
`,
  rows: `INSERT INTO "Seat" (row, number, label) VALUES (1, 1, 'A'), (1, 2, 'B'), (2, 1, 'C')`,
  after: `
model Seat {
  hall   Int
  row    Int
  number Int
  label  String

  @@id([hall, row, number])
}
`,
  questions: ['fill Seat.hall'],
  answers: { fill: { 'Seat.hall': '1' } },
  expect: [
    { query: 'SELECT hall, row, number, label FROM "Seat" ORDER BY label', rows: ['1|1|1|A', '1|1|2|B', '1|2|1|C'] },
    {
      query: `SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'Seat_pkey'`,
      rows: ['PRIMARY KEY (hall, "row", number)'],
    },
  ],
  back: 'exact',
})
