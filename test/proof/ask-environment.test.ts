import { expect, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { askEnvironment } from '../../src/proof/ask-environment.ts'
import { createTestDatabase } from '../support/database.ts'
import { createTestRole } from '../support/database-role.ts'

const about = { migration: '1_a', hazard: 'null-before-not-null', object: 'public.people.name', rows: 'rows with NULL' }
const sql = 'SELECT t.id FROM public.people AS t WHERE t.name IS NULL'

test('rows that row-level security hides from the role are not taken for none', async () => {
  const database = await createTestDatabase('asked')
  const role = await createTestRole(database)
  await withConnection(database, (connection) =>
    connection.query(`CREATE TABLE people (id int PRIMARY KEY, name text); INSERT INTO people VALUES (1, NULL), (2, 'a');
      GRANT SELECT ON people TO ${role.name}`),
  )
  const asRole = { database: role.as(database), hazards: [{ ...about, sql }] }
  expect(await askEnvironment(asRole)).toMatchObject([{ count: 1, keys: ['{"id":1}'] }])
  await withConnection(database, (connection) => connection.query('ALTER TABLE people ENABLE ROW LEVEL SECURITY'))
  const [hidden] = await askEnvironment(asRole)
  expect(hidden?.count).toBeUndefined()
  expect(hidden?.problem).toContain('row-level security')
  expect(await askEnvironment({ ...asRole, database })).toMatchObject([{ count: 1 }])
})

test('what is no SELECT is not run', async () => {
  const database = await createTestDatabase('asked')
  const wrong = ['DELETE FROM people', `${sql}; DELETE FROM people`, 'no SQL']
  const asked = await askEnvironment({ database, hazards: wrong.map((one) => ({ ...about, sql: one })) })
  expect(asked.map(({ problem }) => problem)).toEqual(wrong.map(() => 'it is no SELECT'))
})
