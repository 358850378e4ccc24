import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'an enum value removed that lists and a default hold',
  before: `
enum Channel {
  EMAIL
  FAX
  SMS
}

model Subscriber {
  id       Int       @id @default(autoincrement())
  channels Channel[] @default([FAX])
  main     Channel   @default(FAX)
}
`,
  rows: `INSERT INTO "Subscriber" (channels, main) 
  VALUES ('{EMAIL,FAX}', 'FAX'), ('{FAX,SMS,FAX}', 'SMS'), ('{}', 'EMAIL')`,
  after: `
enum Channel {
  EMAIL
  SMS
}

model Subscriber {
  id       Int       @id @default(autoincrement())
  channels Channel[] @default([EMAIL])
  main     Channel   @default(EMAIL)
}
`,
  questions: ['map Channel.FAX'],
  answers: { map: { 'Channel.FAX': 'EMAIL' } },
  expect: [
    {
      query: 'SELECT id, channels, main FROM "Subscriber" ORDER BY id',
      rows: ['1|{EMAIL,EMAIL}|EMAIL', '2|{EMAIL,SMS,EMAIL}|SMS', '3|{}|EMAIL'],
    },
    {
      query: `SELECT column_default FROM information_schema.columns
        WHERE table_name = 'Subscriber' AND column_name IN ('channels', 'main') ORDER BY column_name`,
      rows: [`ARRAY['EMAIL'::"Channel"]`, `'EMAIL'::"Channel"`],
    },
  ],
  back: 'exact',
  afterDown: [{ query: 'SELECT count(*) FROM "Subscriber"', rows: ['3'] }],
})
