import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a model dropped with its data and the field that points to it',
  before: `
model User {
  id     Int    @id @default(autoincrement())
  email  String
  teamId Int?
  team   Team?  @relation(fields: [teamId], references: [id])
}

model Team {
  id      Int    @id @default(autoincrement())
  name    String
  members User[]
}
`,
  rows: `
INSERT INTO "Team" (name) VALUES ('Red');
INSERT INTO "User" (email, "teamId") VALUES ('ada@example.org', 1), ('bob@example.org', NULL);
`,
  after: `
model User {
  id    Int    @id @default(autoincrement())
  email String
}
`,
  questions: ['delete Team', 'delete User.teamId'],
  answers: { delete: ['Team', 'User.teamId'] },
  expect: [{ query: 'SELECT * FROM "User" ORDER BY id', rows: ['1|ada@example.org', '2|bob@example.org'] }],
  back: 'exact',
})
