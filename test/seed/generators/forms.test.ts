import { expect, test } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import { seedRows } from '../../../src/seed/seed-rows.ts'
import { routablePart } from '../../../src/seed/unreachable/is-routable.ts'
import { createTestDatabase } from '../../support/database.ts'
import { queryRows } from '../../support/query-rows.ts'

/** A check, and what its values must look like so that nobody is reached. */
const cases = [
  ['phone', '^[0-9]{10}$', /^\d{3}55501\d\d$/],
  ['phone', '^\\+1[0-9]{10}$', /^\+1\d{3}55501\d\d$/],
  ['phone', '^1?[0-9]{11}$', /^1\d{3}55501\d\d$/],
  ['phone', '^\\([0-9]{3}\\) [0-9]{3}-[0-9]{4}$', /^\(\d{3}\) 555-01\d\d$/],
  ['phone', '^[0-9]{3}-[0-9]{3}-[0-9]{4}$', /^\d{3}-555-01\d\d$/],
  ['phone', '^07[0-9]{9}$', /^07700900\d{3}$/],
  ['phone', '^0[1-9][0-9]{8}$', /^019900\d{4}$/],
  ['phone', '^\\+44[0-9]{10}$', /^\+447700900\d{3}$/],
  ['email', '^[a-z]+@[a-z.]+$', /^[a-z]+@example\.(com|org|net)$/],
  ['email', '^[a-z0-9]+@[a-z]+\\.[a-z]{2,4}$', /^[a-z0-9]+@example\.(com|org|net)$/],
  ['email', '^[A-Z0-9._]+@[A-Z]+\\.COM$', /^[A-Z0-9._]+@EXAMPLE\.COM$/],
  ['website', '^https?://[a-z0-9.-]+\\.com$', /^https:\/\/[a-z0-9-]+\.example\.com$/],
  ['website', '^http://', /^http:\/\/[a-z0-9-]+\.example\/$/],
  ['website', '^https://www\\..+\\.com/?', /^https:\/\/www\.[a-z0-9-]+\.example\.com/],
  ['domain', '\\.(com|net|org)$', /^[a-z0-9-]+\.example\.(com|org)$/],
] as const

test('a check on how something is written does not lead to what somebody has', async () => {
  const database = await createTestDatabase('forms')
  const tables = cases.map(
    ([column, pattern], place) =>
      `CREATE TABLE user${place} (id serial PRIMARY KEY, ${column} text NOT NULL ${place % 2 === 0 ? 'UNIQUE' : ''} CHECK (${column} ~ '${pattern}'));`,
  )
  await withConnection(database, (connection) => connection.query(tables.join('')))
  await seedRows({ database, counts: new Map(), rows: 30, seed: 's', locale: 'en', now: Date.UTC(2026, 0, 1), isPinned: true })
  for (const [place, [column, , looks]] of cases.entries()) {
    const rows = await withConnection(database, (connection) => queryRows(connection, `SELECT ${column} FROM user${place}`))
    expect(rows).toHaveLength(30)
    for (const value of rows) {
      expect(value).toMatch(looks)
      expect(routablePart(value.toLowerCase())).toBe(undefined)
    }
  }
})
