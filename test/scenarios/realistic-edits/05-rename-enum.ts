import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'an enum renamed, used by a default and by a list',
  before: `
enum Role {
  OWNER
  EDITOR
  VIEWER
}

model Member {
  id      Int    @id @default(autoincrement())
  role    Role   @default(VIEWER)
  granted Role[] @default([])
}
`,
  rows: `INSERT INTO "Member" (role, granted) VALUES ('OWNER', '{EDITOR,VIEWER}'), ('VIEWER', '{}')`,
  after: `
enum AccessRole {
  OWNER
  EDITOR
  VIEWER
}

model Member {
  id      Int          @id @default(autoincrement())
  role    AccessRole   @default(VIEWER)
  granted AccessRole[] @default([])
}
`,
  questions: ['rename Role'],
  answers: { rename: { Role: 'AccessRole' } },
  expect: [
    { query: 'SELECT id, role, granted FROM "Member" ORDER BY id', rows: ['1|OWNER|{EDITOR,VIEWER}', '2|VIEWER|{}'] },
  ],
  back: 'exact',
})
