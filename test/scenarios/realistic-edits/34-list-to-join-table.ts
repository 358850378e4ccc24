import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a list moved to a join table: a draft with a data step, never a silent drop',
  before: `
model Post {
  id   Int      @id @default(autoincrement())
  tags String[]
}
`,
  rows: `INSERT INTO "Post" (tags) VALUES ('{news,tech}'), ('{tech}'), ('{}')`,
  after: `
model Post {
  id   Int   @id @default(autoincrement())
  tags Tag[]
}

model Tag {
  id    Int    @id @default(autoincrement())
  name  String @unique
  posts Post[]
}
`,
  questions: ['delete Post.tags'],
  answers: {},
  outcome: 'draft',
  expect: [{ query: 'SELECT id, tags FROM "Post" ORDER BY id', rows: ['1|{news,tech}', '2|{tech}', '3|{}'] }],
  back: 'exact',
})
