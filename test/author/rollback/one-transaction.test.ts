import { expect, test } from 'vitest'
import { fitsOneTransaction } from '../../../src/author/rollback/one-transaction.ts'
import { parseStatements } from '../../../src/postgres/statements/parse-statements.ts'

test.each([
  ['ALTER TABLE a ADD COLUMN b int; CREATE INDEX ON a (b);', true],
  ["CREATE TYPE mood AS ENUM ('a'); ALTER TYPE mood ADD VALUE 'b';", true],
  ['CREATE INDEX CONCURRENTLY ON a (b);', false],
  ['ALTER TABLE a ADD COLUMN b int; INSERT INTO a VALUES (1);', false],
  ["ALTER TYPE mood ADD VALUE 'c'; ALTER TABLE a ADD COLUMN m mood DEFAULT 'c';", false],
  ['BEGIN; ALTER TABLE a ADD COLUMN b int; COMMIT;', false],
  ['DO $$ BEGIN PERFORM 1; END $$;', false],
  ['SELECT setval($$a_id_seq$$, 7);', false],
  ['', false],
])('%s', async (sql, fits) => {
  expect(fitsOneTransaction(await parseStatements(sql, 'migration.sql'))).toBe(fits)
})
