import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'text of yes and no becomes Boolean with a default',
  before: `
model Setting {
  id      Int    @id @default(autoincrement())
  enabled String @default("no")
}
`,
  rows: `INSERT INTO "Setting" (enabled) VALUES ('yes'), ('no'), ('YES')`,
  after: `
model Setting {
  id      Int     @id @default(autoincrement())
  enabled Boolean @default(false)
}
`,
  questions: ['cast Setting.enabled'],
  answers: { cast: { 'Setting.enabled': `lower("enabled") = 'yes'` } },
  expect: [{ query: 'SELECT id, enabled FROM "Setting" ORDER BY id', rows: ['1|t', '2|f', '3|t'] }],
  back: 'exact',
  afterDown: [{ query: 'SELECT count(*) FROM "Setting" WHERE enabled IS NOT NULL', rows: ['3'] }],
})
