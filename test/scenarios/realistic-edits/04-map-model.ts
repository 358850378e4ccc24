import { defineEdit } from '../../support/realistic-edit.ts'

const rows = { query: 'SELECT id, title FROM blog_posts ORDER BY id', rows: ['1|One', '2|Two'] }

export const edit = defineEdit({
  title: 'a table renamed by @@map, the model as it was',
  before: `
model BlogPost {
  id       Int       @id @default(autoincrement())
  title    String    @unique
  comments Comment[]
}

model Comment {
  id     Int      @id @default(autoincrement())
  postId Int
  post   BlogPost @relation(fields: [postId], references: [id], onDelete: Cascade)
}
`,
  rows: `
INSERT INTO "BlogPost" (title) VALUES ('One'), ('Two');
INSERT INTO "Comment" ("postId") VALUES (1), (1);
`,
  after: `
model BlogPost {
  id       Int       @id @default(autoincrement())
  title    String    @unique
  comments Comment[]

  @@map("blog_posts")
}

model Comment {
  id     Int      @id @default(autoincrement())
  postId Int
  post   BlogPost @relation(fields: [postId], references: [id], onDelete: Cascade)
}
`,
  questions: ['rename BlogPost'],
  answers: { rename: { BlogPost: 'BlogPost' } },
  expect: [
    rows,
    { query: 'SELECT count(*) FROM "Comment" JOIN blog_posts ON blog_posts.id = "postId"', rows: ['2'] },
    {
      query: `SELECT indexname FROM pg_indexes WHERE tablename = 'blog_posts' ORDER BY 1`,
      rows: ['blog_posts_pkey', 'blog_posts_title_key'],
    },
  ],
  kept: [rows],
  back: 'exact',
})
