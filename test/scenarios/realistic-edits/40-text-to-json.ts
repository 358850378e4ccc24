import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'text that holds JSON becomes Json',
  before: `
model Webhook {
  id      Int     @id @default(autoincrement())
  payload String?
}
`,
  rows: `INSERT INTO "Webhook" (payload) VALUES ('{"a": 1}'), (NULL)`,
  after: `
model Webhook {
  id      Int   @id @default(autoincrement())
  payload Json?
}
`,
  questions: ['cast Webhook.payload'],
  answers: { cast: { 'Webhook.payload': '"payload"::jsonb' } },
  expect: [{ query: `SELECT id, payload ->> 'a' FROM "Webhook" ORDER BY id`, rows: ['1|1', '2|NULL'] }],
  back: 'exact',
  afterDown: [{ query: `SELECT id, payload::jsonb ->> 'a' FROM "Webhook" ORDER BY id`, rows: ['1|1', '2|NULL'] }],
})
