import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a field split in two: two fills and a delete',
  before: `
model Person {
  id   Int    @id @default(autoincrement())
  name String
}
`,
  rows: `INSERT INTO "Person" (name) VALUES ('Ada Lovelace'), ('Grace Hopper')`,
  after: `
model Person {
  id        Int    @id @default(autoincrement())
  firstName String
  lastName  String
}
`,
  questions: ['rename Person.name'],
  answers: {
    delete: ['Person.name'],
    fill: { 'Person.firstName': `split_part("name", ' ', 1)`, 'Person.lastName': `split_part("name", ' ', 2)` },
  },
  expect: [
    {
      query: 'SELECT id, "firstName", "lastName" FROM "Person" ORDER BY id',
      rows: ['1|Ada|Lovelace', '2|Grace|Hopper'],
    },
  ],
  back: 'exact',
  afterDown: [{ query: 'SELECT count(*) FROM "Person"', rows: ['2'] }],
})
