import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a text key and the foreign key to it become uuid',
  before: `
model Account {
  id       String    @id @default(uuid())
  sessions Session[]
}

model Session {
  id        Int     @id @default(autoincrement())
  accountId String
  account   Account @relation(fields: [accountId], references: [id], onDelete: Cascade)
}
`,
  rows: `
INSERT INTO "Account" (id) VALUES ('6f1c2c52-8c38-4a1e-9f5e-3a4a4d1f0a01'), ('6f1c2c52-8c38-4a1e-9f5e-3a4a4d1f0a02');
INSERT INTO "Session" ("accountId") VALUES ('6f1c2c52-8c38-4a1e-9f5e-3a4a4d1f0a02');
`,
  after: `
model Account {
  id       String    @id @default(uuid()) @db.Uuid
  sessions Session[]
}

model Session {
  id        Int     @id @default(autoincrement())
  accountId String  @db.Uuid
  account   Account @relation(fields: [accountId], references: [id], onDelete: Cascade)
}
`,
  questions: ['cast Account.id', 'cast Session.accountId'],
  answers: { cast: { 'Account.id': '"id"::uuid', 'Session.accountId': '"accountId"::uuid' } },
  expect: [
    { query: 'SELECT right(id::text, 2), pg_typeof(id) FROM "Account" ORDER BY id', rows: ['01|uuid', '02|uuid'] },
    { query: 'SELECT right("accountId"::text, 2) FROM "Session" JOIN "Account" a ON a.id = "accountId"', rows: ['02'] },
    {
      query: `SELECT conname FROM pg_constraint
        WHERE conrelid = '"Session"'::regclass AND contype IN ('p', 'f') ORDER BY 1`,
      rows: ['Session_accountId_fkey', 'Session_pkey'],
    },
  ],
  back: 'loss',
  afterDown: [{ query: 'SELECT right("accountId"::text, 2), pg_typeof("accountId") FROM "Session"', rows: ['02|text'] }],
})
