import { defineEdit } from '../../support/realistic-edit.ts'

export const edit = defineEdit({
  title: 'a type changed under a CHECK, a partial and an expression index, a policy and a trigger',
  before: `
model Item {
  id       Int    @id @default(autoincrement())
  owner    String
  quantity Int
}
`,
  byHand: `
ALTER TABLE "Item" ADD CONSTRAINT "Item_quantity_check" CHECK (quantity >= 0);
CREATE INDEX "Item_in_stock" ON "Item" (owner) WHERE quantity > 0;
CREATE INDEX "Item_half" ON "Item" ((quantity / 2));
CREATE POLICY in_stock ON "Item" USING (quantity > 0);
CREATE FUNCTION refuse_decrease() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.quantity < OLD.quantity THEN RAISE EXCEPTION 'decrease; refused'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER item_decrease BEFORE UPDATE OF quantity ON "Item" FOR EACH ROW EXECUTE FUNCTION refuse_decrease();
`,
  rows: `INSERT INTO "Item" (owner, quantity) VALUES ('ada', 3), ('bob', 0)`,
  after: `
model Item {
  id       Int    @id @default(autoincrement())
  owner    String
  quantity BigInt
}
`,
  questions: [],
  answers: {},
  expect: [
    {
      query: 'SELECT id, owner, quantity, pg_typeof(quantity) FROM "Item" ORDER BY id',
      rows: ['1|ada|3|bigint', '2|bob|0|bigint'],
    },
    {
      query: `SELECT indexname FROM pg_indexes WHERE tablename = 'Item' ORDER BY 1`,
      rows: ['Item_half', 'Item_in_stock', 'Item_pkey'],
    },
    {
      query: `SELECT conname FROM pg_constraint WHERE conrelid = '"Item"'::regclass AND contype = 'c'`,
      rows: ['Item_quantity_check'],
    },
    { query: `SELECT policyname FROM pg_policies WHERE tablename = 'Item'`, rows: ['in_stock'] },
    {
      query: `SELECT tgname FROM pg_trigger WHERE tgrelid = '"Item"'::regclass AND NOT tgisinternal`,
      rows: ['item_decrease'],
    },
  ],
  back: 'exact',
})
