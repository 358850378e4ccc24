import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a timestamp gets a time zone, on a server that is not in UTC',
  before: `
model Meeting {
  id Int      @id @default(autoincrement())
  at DateTime @default(now())

  @@index([at])
}
`,
  rows: `
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone TO ''America/New_York''', current_database()); END $$;
INSERT INTO "Meeting" (at) VALUES ('2024-01-15 12:00:00'), ('2024-07-15 12:00:00');
`,
  after: `
model Meeting {
  id Int      @id @default(autoincrement())
  at DateTime @default(now()) @db.Timestamptz(3)

  @@index([at])
}
`,
  questions: ['cast Meeting.at'],
  answers: { cast: { 'Meeting.at': `"at" AT TIME ZONE 'UTC'` } },
  expect: [
    {
      query: `SELECT id, at AT TIME ZONE 'UTC' FROM "Meeting" ORDER BY id`,
      rows: ['1|2024-01-15 12:00:00', '2|2024-07-15 12:00:00'],
    },
  ],
  back: 'exact',
})
