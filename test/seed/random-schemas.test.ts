import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { seedRows } from '../../src/seed/seed-rows.ts'
import { createTestDatabase } from '../support/database.ts'

interface RandomTable {
  readonly key: 'int' | 'serial' | 'uuid' | 'parent'
  readonly columns: readonly { readonly type: string; readonly isNullable: boolean }[]
  readonly parents: readonly { readonly target: number; readonly isNullable: boolean }[]
  readonly unique: readonly number[]
}

const types = [
  'text',
  'varchar(12)',
  'int CHECK (VALUE BETWEEN 3 AND 90)',
  'smallint',
  'bigint',
  'numeric(8,3)',
  'boolean',
  'date',
  'timestamptz',
  'uuid',
  'jsonb',
  'text[]',
  'int4range',
  `text CHECK (VALUE IN ('one', 'two', 'three'))`,
  `text CHECK (VALUE ~ '^[a-z]{2,5}$')`,
]

const table: fc.Arbitrary<RandomTable> = fc.record({
  key: fc.constantFrom('int', 'serial', 'uuid', 'parent'),
  columns: fc.array(fc.record({ type: fc.constantFrom(...types), isNullable: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  }),
  parents: fc.array(fc.record({ target: fc.nat(9), isNullable: fc.boolean() }), { maxLength: 3 }),
  unique: fc.uniqueArray(fc.nat(6), { minLength: 2, maxLength: 3 }),
})

/** Tables whose parents come before them or, where they may be NULL, anywhere. */
function sqlOf(tables: readonly RandomTable[]): string {
  const keyType = (place: number): string => {
    const key = tables[place]?.key
    return key === 'parent' && place > 0 ? keyType(place - 1) : key === 'uuid' ? 'uuid' : 'int'
  }
  const made = tables.map(({ key, columns, parents, unique }, place) => {
    const id =
      key === 'parent' && place > 0
        ? `id ${keyType(place - 1)} PRIMARY KEY REFERENCES t${place - 1}`
        : `id ${key === 'parent' ? 'int' : key} PRIMARY KEY`
    const own = columns.map(
      ({ type, isNullable }, at) => `c${at} ${type.replaceAll('VALUE', `c${at}`)}${isNullable ? '' : ' NOT NULL'}`,
    )
    const links = parents.map(({ target, isNullable }, at) => {
      const to = target % tables.length
      return `p${at} ${keyType(to)}${isNullable || to >= place ? '' : ' NOT NULL'}`
    })
    const names = [
      ...parents.map((_, at) => `p${at}`),
      ...columns.flatMap(({ type }, at) => (type.includes('json') ? [] : [`c${at}`])),
    ]
    const chosen = unique.flatMap((at) => names[at] ?? [])
    // A unique set needs a column with room; the key of the row is one.
    return `CREATE TABLE t${place} (${[id, ...own, ...links, ...(chosen.length > 0 ? [`UNIQUE (${[...chosen, 'id'].join(', ')})`] : [])].join(', ')});`
  })
  const keys = tables.flatMap(({ parents }, place) =>
    parents.map(
      ({ target }, at) => `ALTER TABLE t${place} ADD FOREIGN KEY (p${at}) REFERENCES t${target % tables.length};`,
    ),
  )
  return [...made, ...keys].join('\n')
}

describe('random schemas', () => {
  test('the server takes every row of them', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(table, { minLength: 1, maxLength: 5 }), async (tables) => {
        const database = await createTestDatabase('random')
        await withConnection(database, (connection) => connection.query(sqlOf(tables)))
        const input = {
          database,
          counts: new Map(),
          rows: 60,
          seed: 'random',
          locale: 'en',
          now: Date.UTC(2026, 0, 1),
          isPinned: true,
        }
        const { rows } = await seedRows(input)
        expect(rows).toBe(60 * tables.length)
      }),
      { seed: 20260115, numRuns: 25, endOnFailure: true },
    )
  })
})
