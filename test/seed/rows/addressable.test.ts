import { describe, expect, test } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import { rowChunks } from '../../../src/seed/deliver/row-chunks.ts'
import { prepareRun } from '../../../src/seed/prepare-run.ts'
import { createRowMakers } from '../../../src/seed/rows/row-makers.ts'
import type { RowMaker } from '../../../src/seed/rows/row-maker.ts'
import { createTestDatabase } from '../../support/database.ts'

const shop = `
  CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL UNIQUE, boss_id int REFERENCES users, created_at timestamptz NOT NULL);
  CREATE TABLE posts (id uuid PRIMARY KEY, user_id int NOT NULL REFERENCES users, title varchar(40) NOT NULL, created_at timestamptz NOT NULL,
    low int NOT NULL, high int NOT NULL, CHECK (low < high), UNIQUE (user_id, title));
  CREATE TABLE likes (user_id int REFERENCES users, post_id uuid REFERENCES posts, PRIMARY KEY (user_id, post_id));`

/** The maker of a table, in a database with this schema. */
async function makerOf(sql: string, table: string, rows: number): Promise<RowMaker> {
  const database = await createTestDatabase('addressable')
  return withConnection(database, async (connection) => {
    await connection.query(sql)
    const { plan, locale } = await prepareRun(connection, {
      database,
      counts: new Map(),
      rows,
      seed: 'a',
      locale: 'en',
      now: Date.UTC(2026, 0, 1),
      isPinned: true,
    })
    return createRowMakers(plan, { locale }).table(`public.${table}`)
  })
}

function rowsOf(maker: RowMaker, numbers: readonly number[]): readonly (readonly (string | null)[])[] {
  return numbers.map((number) => [...maker.row(number)])
}

const first = Array.from({ length: 40 }, (_, row) => row)

describe('a cell depends on its address alone', () => {
  test.for(['users', 'posts', 'likes'])('rows of %s are the same in any order, and alone', async (table) => {
    const maker = await makerOf(shop, table, 100)
    const other = await makerOf(shop, table, 100)
    expect(rowsOf(other, first.toReversed()).toReversed()).toEqual(rowsOf(maker, first))
  })

  test.for(['users', 'posts', 'likes'])('more rows of everything change no row of %s', async (table) => {
    expect(rowsOf(await makerOf(shop, table, 400), first)).toEqual(rowsOf(await makerOf(shop, table, 100), first))
  })

  test('another table and another column change no other cell', async () => {
    const wider = `${shop} CREATE TABLE notes (id int PRIMARY KEY, text text NOT NULL); ALTER TABLE users ADD COLUMN note text`
    const before = rowsOf(await makerOf(shop, 'users', 100), first)
    expect(rowsOf(await makerOf(wider, 'users', 100), first).map((row) => row.slice(0, -1))).toEqual(before)
  })

  test('pieces of a table put together are the bytes of the whole', async () => {
    const maker = await makerOf(shop, 'posts', 2500)
    const text = (from: number, to: number): string =>
      [...rowChunks(maker, from, to)].map((chunk) => chunk.text).join('')
    expect(text(1000, 2500)).toBe(text(0, 2500).slice(text(0, 1000).length))
  })
})

describe('relations', () => {
  test('some parents have no children and some have many', async () => {
    const maker = await makerOf(shop, 'posts', 1000)
    const children = new Map<number, number>()
    for (let row = 0; row < 1000; row++) {
      const parent = maker.parentRow(row, 'posts_user_id_fkey')
      children.set(parent, (children.get(parent) ?? 0) + 1)
    }
    expect(children.size).toBeLessThan(800)
    expect(Math.max(...children.values())).toBeGreaterThan(20)
  })

  test('a child is never older than its parents', async () => {
    const maker = await makerOf(shop, 'users', 500)
    const wrong = first.filter((row) => {
      const boss = maker.parentRow(row, 'users_boss_id_fkey')
      return boss >= row || (boss >= 0 && maker.moment(boss) > maker.moment(row))
    })
    expect(wrong).toEqual([])
  })
})
