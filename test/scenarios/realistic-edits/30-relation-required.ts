import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'an optional relation made required, its NULLs looked up',
  before: `
model Project {
  id    Int    @id @default(autoincrement())
  name  String
  tasks Task[]
}

model Task {
  id        Int      @id @default(autoincrement())
  title     String
  projectId Int?
  project   Project? @relation(fields: [projectId], references: [id])
}
`,
  rows: `
INSERT INTO "Project" (name) VALUES ('Inbox'), ('Tide');
INSERT INTO "Task" (title, "projectId") VALUES ('a', 2), ('b', NULL);
`,
  after: `
model Project {
  id    Int    @id @default(autoincrement())
  name  String
  tasks Task[]
}

model Task {
  id        Int     @id @default(autoincrement())
  title     String
  projectId Int
  project   Project @relation(fields: [projectId], references: [id])
}
`,
  questions: ['fill Task.projectId'],
  answers: { fill: { 'Task.projectId': `(SELECT id FROM "Project" WHERE name = 'Inbox')` } },
  expect: [
    { query: 'SELECT title, "projectId" FROM "Task" ORDER BY id', rows: ['a|2', 'b|1'] },
    { query: `SELECT confdeltype FROM pg_constraint WHERE conname = 'Task_projectId_fkey'`, rows: ['r'] },
  ],
  back: 'exact',
  afterDown: [{ query: `SELECT confdeltype FROM pg_constraint WHERE conname = 'Task_projectId_fkey'`, rows: ['n'] }],
})
