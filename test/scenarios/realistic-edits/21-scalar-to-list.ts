import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a scalar becomes a list',
  before: `
model Contact {
  id    Int     @id @default(autoincrement())
  phone String?
}
`,
  rows: `INSERT INTO "Contact" (phone) VALUES ('+49 1'), (NULL)`,
  after: `
model Contact {
  id    Int      @id @default(autoincrement())
  phone String[]
}
`,
  questions: ['cast Contact.phone'],
  answers: { cast: { 'Contact.phone': `CASE WHEN "phone" IS NULL THEN '{}'::text[] ELSE ARRAY["phone"] END` } },
  expect: [{ query: 'SELECT id, phone FROM "Contact" ORDER BY id', rows: ['1|{"+49 1"}', '2|{}'] }],
  back: 'exact',
  afterDown: [{ query: 'SELECT id, phone FROM "Contact" ORDER BY id', rows: ['1|+49 1', '2|NULL'] }],
})
