/** The models of the demo as its developer first writes them. */
export const firstModels = `
model Customer {
  id     Int     @id @default(autoincrement())
  name   String
  email  String
  fax    String?
  orders Order[]
}

model Order {
  id         Int         @id @default(autoincrement())
  customerId Int
  status     OrderStatus @default(NEW)
  total      String
  customer   Customer    @relation(fields: [customerId], references: [id])

  @@index([customerId])
}

enum OrderStatus {
  NEW
  ON_HOLD
  SENT
  LOST
}
`

/** A field renamed, a required field added, an enum value renamed. */
export const secondModels = firstModels
  .replace('  name   String\n', '  fullName String\n  country String\n')
  .replace('  LOST\n', '  CANCELLED\n')

/** A field deleted, text turned into a number, an enum value taken away. */
export const thirdModels = secondModels
  .replace('  fax    String?\n', '')
  .replace('  total      String\n', '  total      Decimal     @db.Decimal(10, 2)\n')
  .replace('  ON_HOLD\n', '')

/** An e-mail address becomes unique. */
export const uniqueEmail = thirdModels.replace('  email  String\n', '  email  String @unique\n')

/** Rows of a small shop; two customers share an e-mail address. */
export const firstRows = `
INSERT INTO "Customer" (name, email, fax) VALUES
  ('Ada Birch', 'ada@birch.example', '+44 20 7946 0101'),
  ('Ben Aalto', 'office@aalto.example.fi', NULL),
  ('Bo Aalto', 'office@aalto.example.fi', NULL);
INSERT INTO "Order" ("customerId", status, total) VALUES
  (1, 'SENT', '19.90'), (1, 'LOST', '5.00'), (2, 'ON_HOLD', '249.00')`

/** The lines that differ, as a reader of a pull request sees them. */
export function changedLines(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')]
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line.trim()}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line.trim()}`),
  ].join('\n')
}
