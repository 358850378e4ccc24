import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'text with a default becomes an enum',
  before: `
model Ticket {
  id       Int    @id @default(autoincrement())
  priority String @default("low")
}
`,
  rows: `INSERT INTO "Ticket" (priority) VALUES ('low'), ('high'), ('low')`,
  after: `
enum Priority {
  LOW
  HIGH
}

model Ticket {
  id       Int      @id @default(autoincrement())
  priority Priority @default(LOW)
}
`,
  questions: ['cast Ticket.priority'],
  answers: { cast: { 'Ticket.priority': 'upper("priority")::"Priority"' } },
  expect: [
    { query: 'SELECT id, priority FROM "Ticket" ORDER BY id', rows: ['1|LOW', '2|HIGH', '3|LOW'] },
    {
      query: `SELECT column_default FROM information_schema.columns
        WHERE table_name = 'Ticket' AND column_name = 'priority'`,
      rows: [`'LOW'::"Priority"`],
    },
  ],
  back: 'exact',
  afterDown: [{ query: 'SELECT id, lower(priority) FROM "Ticket" ORDER BY id', rows: ['1|low', '2|high', '3|low'] }],
})
