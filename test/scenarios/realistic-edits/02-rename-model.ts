import { defineEdit } from '../../support/realistic-edit.ts'

const rows = {
  query: `SELECT o.id, c.name FROM "Order" o JOIN "Client" c ON c.id = o."clientId" ORDER BY o.id`,
  rows: ['1|Ada', '2|Bob', '3|Ada'],
}

export const edit = defineEdit({
  title: 'a model renamed, with its relation, its foreign key and its sequence',
  before: `
model Customer {
  id     Int     @id @default(autoincrement())
  name   String  @unique
  orders Order[]
}

model Order {
  id         Int      @id @default(autoincrement())
  customerId Int
  customer   Customer @relation(fields: [customerId], references: [id])

  @@index([customerId])
}
`,
  rows: `
INSERT INTO "Customer" (name) VALUES ('Ada'), ('Bob');
INSERT INTO "Order" ("customerId") VALUES (1), (2), (1);
`,
  after: `
model Client {
  id     Int     @id @default(autoincrement())
  name   String  @unique
  orders Order[]
}

model Order {
  id       Int    @id @default(autoincrement())
  clientId Int
  client   Client @relation(fields: [clientId], references: [id])

  @@index([clientId])
}
`,
  questions: ['rename Customer', 'rename Order.customerId'],
  answers: { rename: { Customer: 'Client', 'Order.customerId': 'clientId' } },
  expect: [
    rows,
    { query: `SELECT nextval(pg_get_serial_sequence('"Client"', 'id'))`, rows: ['3'], once: true },
    {
      query: `SELECT conname FROM pg_constraint WHERE conrelid = '"Order"'::regclass AND contype = 'f'`,
      rows: ['Order_clientId_fkey'],
    },
  ],
  kept: [rows],
  back: 'exact',
})
