import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a list becomes a scalar',
  before: `
model Post {
  id   Int      @id @default(autoincrement())
  tags String[]
}
`,
  rows: `INSERT INTO "Post" (tags) VALUES ('{news,tech}'), ('{}')`,
  after: `
model Post {
  id   Int    @id @default(autoincrement())
  tags String
}
`,
  questions: ['cast Post.tags', 'fill Post.tags'],
  answers: { cast: { 'Post.tags': `array_to_string("tags", ',')` }, fill: { 'Post.tags': `''` } },
  expect: [{ query: 'SELECT id, tags FROM "Post" ORDER BY id', rows: ['1|news,tech', '2|'] }],
  back: 'exact',
  afterDown: [{ query: 'SELECT count(*) FROM "Post" WHERE tags IS NOT NULL', rows: ['2'] }],
})
