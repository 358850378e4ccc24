import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a model of a many-to-many renamed so that the columns of the join table change places',
  before: `
model Category {
  id    Int    @id @default(autoincrement())
  name  String
  posts Post[]
}

model Post {
  id         Int        @id @default(autoincrement())
  title      String
  categories Category[]
}
`,
  rows: `
INSERT INTO "Category" (name) VALUES ('news'), ('tech');
INSERT INTO "Post" (title) VALUES ('one'), ('two'), ('three');
INSERT INTO "_CategoryToPost" ("A", "B") VALUES (1, 1), (2, 3);
`,
  after: `
model Topic {
  id    Int    @id @default(autoincrement())
  name  String
  posts Post[]
}

model Post {
  id     Int     @id @default(autoincrement())
  title  String
  topics Topic[]
}
`,
  questions: ['rename Category'],
  answers: { rename: { Category: 'Topic' } },
  expect: [
    {
      query: `SELECT p.title, t.name FROM "_PostToTopic" j
        JOIN "Post" p ON p.id = j."A" JOIN "Topic" t ON t.id = j."B" ORDER BY p.id`,
      rows: ['one|news', 'three|tech'],
    },
  ],
  back: 'exact',
})
