import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'an autoincrement key and the foreign key to it become BigInt',
  before: `
model Event {
  id      Int      @id @default(autoincrement())
  details Detail[]
}

model Detail {
  id      Int   @id @default(autoincrement())
  eventId Int
  event   Event @relation(fields: [eventId], references: [id])
}
`,
  rows: `
INSERT INTO "Event" DEFAULT VALUES; INSERT INTO "Event" DEFAULT VALUES;
INSERT INTO "Detail" ("eventId") VALUES (2);
`,
  after: `
model Event {
  id      BigInt   @id @default(autoincrement())
  details Detail[]
}

model Detail {
  id      Int    @id @default(autoincrement())
  eventId BigInt
  event   Event  @relation(fields: [eventId], references: [id])
}
`,
  questions: [],
  answers: {},
  expect: [
    {
      query: 'SELECT e.id, pg_typeof(e.id), d.id FROM "Event" e LEFT JOIN "Detail" d ON d."eventId" = e.id ORDER BY 1',
      rows: ['1|bigint|NULL', '2|bigint|1'],
    },
    { query: `SELECT nextval(pg_get_serial_sequence('"Event"', 'id'))`, rows: ['3'], once: true },
    { query: `SELECT data_type FROM pg_sequences WHERE sequencename = 'Event_id_seq'`, rows: ['bigint'] },
  ],
  kept: [
    {
      query: 'SELECT e.id, d.id FROM "Event" e LEFT JOIN "Detail" d ON d."eventId" = e.id ORDER BY 1',
      rows: ['1|NULL', '2|1'],
    },
    { query: `SELECT nextval(pg_get_serial_sequence('"Event"', 'id'))`, rows: ['3'], once: true },
  ],
  back: 'exact',
})
