import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'an optional field added and filled without being asked, with a sub-select',
  before: `
model Author {
  id    Int    @id @default(autoincrement())
  name  String
  books Book[]
}

model Book {
  id       Int    @id @default(autoincrement())
  authorId Int
  author   Author @relation(fields: [authorId], references: [id])
}
`,
  rows: `
INSERT INTO "Author" (name) VALUES ('Ada'), ('Bob');
INSERT INTO "Book" ("authorId") VALUES (1), (1);
`,
  after: `
model Author {
  id        Int    @id @default(autoincrement())
  name      String
  bookCount Int?
  books     Book[]
}

model Book {
  id       Int    @id @default(autoincrement())
  authorId Int
  author   Author @relation(fields: [authorId], references: [id])
}
`,
  questions: [],
  answers: { fill: { 'Author.bookCount': '(SELECT count(*) FROM "Book" WHERE "Book"."authorId" = "Author"."id")' } },
  expect: [{ query: 'SELECT name, "bookCount" FROM "Author" ORDER BY id', rows: ['Ada|2', 'Bob|0'] }],
  kept: [{ query: 'SELECT name FROM "Author" ORDER BY id', rows: ['Ada', 'Bob'] }],
  back: 'exact',
})
