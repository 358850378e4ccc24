import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a type changed under a hand-written view and a view of that view',
  before: `
model Sale {
  id     Int     @id @default(autoincrement())
  region String
  cents  Int
}
`,
  byHand: `
CREATE VIEW sales_by_region AS SELECT region, sum(cents) AS cents FROM "Sale" GROUP BY region;
CREATE VIEW best_region AS SELECT region FROM sales_by_region ORDER BY cents DESC LIMIT 1;
COMMENT ON VIEW best_region IS 'for the dashboard';
`,
  rows: `INSERT INTO "Sale" (region, cents) VALUES ('north', 100), ('south', 300), ('north', 50)`,
  after: `
model Sale {
  id     Int    @id @default(autoincrement())
  region String
  cents  BigInt
}
`,
  questions: [],
  answers: {},
  expect: [
    { query: 'SELECT region, cents FROM sales_by_region ORDER BY region', rows: ['north|150', 'south|300'] },
    { query: 'SELECT region FROM best_region', rows: ['south'] },
    { query: `SELECT obj_description('best_region'::regclass)`, rows: ['for the dashboard'] },
  ],
  back: 'exact',
})
