import { describe, expect, it } from 'vitest'
import { type Connection, withConnection } from '../../../src/postgres/connect.ts'
import { runScript } from '../../../src/postgres/statements/run-script.ts'
import { archivedAndRolledBack } from '../../support/archives.ts'
import { databaseAt } from '../../support/rollbacks.ts'

const setup = `
  CREATE TYPE mood AS ENUM ('fine', 'gone');
  CREATE TABLE owners (id int PRIMARY KEY); INSERT INTO owners VALUES (1), (2), (3);
  CREATE TABLE people (id int PRIMARY KEY, name text, nick text, code int NOT NULL UNIQUE, city text NOT NULL, level int NOT NULL DEFAULT 7,
    no int GENERATED ALWAYS AS IDENTITY UNIQUE, score double precision, mood mood, owner int REFERENCES owners ON DELETE SET NULL);
  INSERT INTO people (id, name, nick, code, city, level, score, mood, owner)
    SELECT n, 'n' || n, 'nick' || n, 100 - n, 'c' || n, n, n + 0.4, CASE WHEN n % 2 = 0 THEN 'gone' ELSE 'fine' END::mood, 1 + n % 3
    FROM generate_series(1, 6) n;
  CREATE TABLE notes (id serial PRIMARY KEY, owner int REFERENCES owners ON DELETE CASCADE, reader int REFERENCES owners ON DELETE SET NULL, up int REFERENCES notes ON DELETE CASCADE);
  CREATE TABLE replies (id int PRIMARY KEY, note int NOT NULL REFERENCES notes ON DELETE CASCADE);
  INSERT INTO notes (owner, reader, up) VALUES (1, 2, NULL), (2, 1, 1), (3, 1, NULL), (NULL, NULL, 3); INSERT INTO replies VALUES (1, 1), (2, 2), (3, 3);`
const up = `
  DROP TABLE replies; DROP TABLE notes;
  ALTER TABLE people DROP COLUMN nick, DROP COLUMN code, DROP COLUMN city, DROP COLUMN level, DROP COLUMN no, DROP COLUMN owner, ALTER score TYPE int;
  CREATE TYPE mood_new AS ENUM ('fine');
  ALTER TABLE people ALTER mood TYPE mood_new USING (CASE mood::text WHEN 'gone' THEN NULL ELSE mood::text END)::mood_new;
  ALTER TYPE mood RENAME TO mood_old; ALTER TYPE mood_new RENAME TO mood; DROP TYPE mood_old;`

async function rowsOf(connection: Connection, sql: string): Promise<readonly unknown[]> {
  return (await connection.query({ text: sql, rowMode: 'array' })).rows
}

describe('rows written since the migration', () => {
  it('keep what was written, and get what the migration took', async () => {
    const archived = await archivedAndRolledBack(setup, up)
    expect(archived.rollback.incomplete).toEqual([])
    const { url } = await databaseAt(setup)
    await withConnection(url, async (connection) => {
      await runScript(connection, archived.up, 'migration.sql')
      await runScript(
        connection,
        `UPDATE people SET name = 'renamed' WHERE id = 1; UPDATE people SET score = 99 WHERE id = 2; UPDATE people SET mood = 'fine' WHERE id = 2;
         DELETE FROM people WHERE id = 3; UPDATE people SET id = 40 WHERE id = 4; INSERT INTO people (id, name) VALUES (50, 'new'), (51, 'newer');
         DELETE FROM owners WHERE id = 1;`,
        'since.sql',
      )
      await runScript(connection, archived.rollback.sql, 'down.sql')
      const columns = 'id, name, nick, city, level, score, mood, owner'
      expect(await rowsOf(connection, `SELECT ${columns} FROM people ORDER BY id`)).toEqual([
        [1, 'renamed', 'nick1', 'c1', 1, 1.4, 'fine', 2],
        [2, 'n2', 'nick2', 'c2', 2, 99, 'fine', 3],
        [5, 'n5', 'nick5', 'c5', 5, 5.4, 'fine', 3],
        // Its owner was deleted, which would have set it to NULL.
        [6, 'n6', 'nick6', 'c6', 6, 6.4, 'gone', null],
        // A row whose key was changed is another row.
        [40, 'n4', null, '', 7, 4, null, null],
        [50, 'new', null, '', 7, null, null, null],
        [51, 'newer', null, '', 7, null, null, null],
      ])
      const numbers = await rowsOf(connection, 'SELECT id, code, no FROM people WHERE id < 40 ORDER BY id')
      expect(numbers).toEqual([[1, 99, 1], [2, 98, 2], [5, 95, 5], [6, 94, 6]])
      const made = await rowsOf(connection, 'SELECT min(code) > 99, count(DISTINCT code), min(no) > 6 FROM people WHERE id >= 40')
      expect(made).toEqual([[true, '3', true]])
      // The owner of the first note was deleted: it, the note below it and what was said to them would have gone along.
      expect(await rowsOf(connection, 'SELECT id, owner, reader FROM notes ORDER BY id')).toEqual([[3, 3, null], [4, null, null]])
      expect(await rowsOf(connection, 'SELECT id FROM replies')).toEqual([[3]])
    })
  })
})
