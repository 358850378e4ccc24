import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a field renamed that a view, a CHECK, a partial index and a generated column use',
  before: `
model Stock {
  id     Int  @id @default(autoincrement())
  qty    Int
  dozens Int? @default(dbgenerated())
}
`,
  byHand: `
CREATE VIEW in_stock AS SELECT id, qty FROM "Stock" WHERE qty > 0;
ALTER TABLE "Stock" ADD CONSTRAINT "Stock_positive" CHECK (qty >= 0);
CREATE INDEX "Stock_some" ON "Stock" (id) WHERE qty > 0;
ALTER TABLE "Stock" DROP COLUMN dozens;
ALTER TABLE "Stock" ADD COLUMN dozens integer GENERATED ALWAYS AS (qty / 12) STORED;
`,
  rows: `INSERT INTO "Stock" (qty) VALUES (24), (0)`,
  after: `
model Stock {
  id       Int  @id @default(autoincrement())
  quantity Int
  dozens   Int? @default(dbgenerated())
}
`,
  questions: ['rename Stock.qty'],
  answers: { rename: { 'Stock.qty': 'quantity' } },
  expect: [
    { query: 'SELECT id, quantity, dozens FROM "Stock" ORDER BY id', rows: ['1|24|2', '2|0|0'] },
    { query: 'SELECT id, qty FROM in_stock', rows: ['1|24'] },
    {
      query: `SELECT conname FROM pg_constraint WHERE conrelid = '"Stock"'::regclass AND contype = 'c'`,
      rows: ['Stock_positive'],
    },
    {
      query: `SELECT indexname FROM pg_indexes WHERE tablename = 'Stock' ORDER BY 1`,
      rows: ['Stock_pkey', 'Stock_some'],
    },
  ],
  back: 'exact',
})
