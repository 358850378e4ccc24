import { describe, expect, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { readDataModel } from '../../src/prisma/data-model.ts'
import { seedRows } from '../../src/seed/seed-rows.ts'
import { createTestDatabase } from '../support/database.ts'
import { loadMasked, maskDatabase, testKey } from '../support/masked-database.ts'
import { referenceHistory, referenceSchema } from '../support/reference-project.ts'

const seeded = { rows: 60, seed: 's', locale: 'en', now: Date.UTC(2026, 0, 1), isPinned: true }

describe('compileMasks on the reference project', () => {
  test('keeps keys, uniqueness and constraints, and lets no personal value through', async () => {
    const [source, target] = [await createTestDatabase('mask'), await createTestDatabase('masked')]
    for (const database of [source, target]) {
      await withConnection(database, async (connection) => {
        for (const { up } of referenceHistory()) await connection.query(up)
      })
    }
    const model = readDataModel([{ path: 'schema.prisma', text: referenceSchema() }])
    const counts = new Map(['countries', 'currencies', 'plans'].map((name) => [`public.${name}`, { rows: 0 }]))
    await seedRows({ database: source, counts, ...seeded, model })
    const tables = await maskDatabase(source, { model })
    await loadMasked(target, tables)
    for (const { mask, before, after } of tables) {
      for (const [place, { column, piiClass, mask: name }] of mask.columns.entries()) {
        if (!['D', 'S', 'C'].includes(piiClass) || name === 'choice') continue
        const values = new Set(before.map((row) => row[place]).filter((value) => value !== null))
        const kept = after.filter((row, at) => row[place] !== null && row[place] === before[at]?.[place])
        expect(kept, `${mask.table}.${column}`).toEqual([])
        if (name === 'email') expect(after.filter((row) => values.has(row[place] ?? ''))).toEqual([])
      }
    }
    const other = await maskDatabase(source, { model, key: testKey(2) })
    const users = (world: typeof tables): readonly unknown[] => world.find(({ mask }) => mask.table === 'users')?.after ?? []
    expect(users(other)).not.toEqual(users(tables))
    expect(users(await maskDatabase(source, { model }))).toEqual(users(tables))
  })
})
