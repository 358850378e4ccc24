import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'an Int key becomes a uuid that both sides of its foreign key compute alike',
  before: `
model Author {
  id    Int    @id @default(autoincrement())
  name  String
  books Book[]
}

model Book {
  id       Int    @id @default(autoincrement())
  title    String
  authorId Int
  author   Author @relation(fields: [authorId], references: [id])
}
`,
  rows: `
INSERT INTO "Author" (name) VALUES ('Ada'), ('Bob');
INSERT INTO "Book" (title, "authorId") VALUES ('One', 2), ('Two', 1);
`,
  after: `
model Author {
  id    String @id @default(uuid()) @db.Uuid
  name  String
  books Book[]
}

model Book {
  id       Int    @id @default(autoincrement())
  title    String
  authorId String @db.Uuid
  author   Author @relation(fields: [authorId], references: [id])
}
`,
  questions: ['cast Author.id', 'cast Book.authorId'],
  answers: {
    cast: {
      'Author.id': `md5('author ' || "id")::uuid`,
      'Book.authorId': `md5('author ' || "authorId")::uuid`,
    },
  },
  expect: [
    {
      query: 'SELECT title, name FROM "Book" b JOIN "Author" a ON a.id = b."authorId" ORDER BY title',
      rows: ['One|Bob', 'Two|Ada'],
    },
  ],
  back: 'loss',
  afterDown: [{ query: 'SELECT count(*) FROM "Author"', rows: ['2'] }],
})
