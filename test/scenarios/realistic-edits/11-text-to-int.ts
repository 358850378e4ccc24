import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'text that holds numbers becomes Int',
  before: `
model Apartment {
  id    Int    @id @default(autoincrement())
  floor String
  rooms String?

  @@index([floor])
}
`,
  rows: `INSERT INTO "Apartment" (floor, rooms) VALUES ('3', '2'), (' 12 ', NULL)`,
  after: `
model Apartment {
  id    Int  @id @default(autoincrement())
  floor Int
  rooms Int?

  @@index([floor])
}
`,
  questions: ['cast Apartment.floor', 'cast Apartment.rooms'],
  answers: { cast: { 'Apartment.floor': 'trim("floor")::integer', 'Apartment.rooms': '"rooms"::integer' } },
  expect: [{ query: 'SELECT id, floor, rooms FROM "Apartment" ORDER BY id', rows: ['1|3|2', '2|12|NULL'] }],
  back: 'exact',
})
