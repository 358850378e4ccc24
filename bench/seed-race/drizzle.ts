import { drizzle } from 'drizzle-orm/node-postgres'
import { boolean, jsonb, numeric, pgEnum, pgTable, serial, text, timestamp } from 'drizzle-orm/pg-core'
import { seed } from 'drizzle-seed'
import pg from 'pg'
import { race } from './table.ts'

const role = pgEnum('role', ['user', 'admin', 'guest'])
const users = pgTable('users', {
  id: serial().primaryKey(),
  email: text().notNull().unique(),
  first_name: text().notNull(),
  last_name: text().notNull(),
  role: role().notNull(),
  is_active: boolean().notNull(),
  balance: numeric({ precision: 12, scale: 2 }).notNull(),
  bio: text(),
  settings: jsonb().notNull(),
  created_at: timestamp({ withTimezone: true }).notNull(),
  updated_at: timestamp({ withTimezone: true }).notNull(),
})

await race(async (url, rows) => {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  const db = drizzle(pool)
  return async () => {
    // Without a bound its numeric values are too large for the column, and some are below 0.
    await seed(db, { users }, { count: rows }).refine((values) => ({
      users: { columns: { balance: values.number({ minValue: 0, maxValue: 10_000, precision: 100 }) } },
    }))
    await pool.end()
  }
})
