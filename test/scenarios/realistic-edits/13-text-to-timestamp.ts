import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'text that holds dates becomes DateTime',
  before: `
model Booking {
  id   Int    @id @default(autoincrement())
  date String
}
`,
  rows: `INSERT INTO "Booking" (date) VALUES ('2024-03-01'), ('2024-12-24T18:30:00')`,
  after: `
model Booking {
  id   Int      @id @default(autoincrement())
  date DateTime
}
`,
  questions: ['cast Booking.date'],
  answers: { cast: { 'Booking.date': '"date"::timestamp(3)' } },
  expect: [
    { query: 'SELECT id, date FROM "Booking" ORDER BY id', rows: ['1|2024-03-01 00:00:00', '2|2024-12-24 18:30:00'] },
  ],
  back: 'exact',
  afterDown: [
    {
      query: 'SELECT id, date::timestamp FROM "Booking" ORDER BY id',
      rows: ['1|2024-03-01 00:00:00', '2|2024-12-24 18:30:00'],
    },
  ],
})
