import { expect, it } from 'vitest'
import { fallbackValue, neutralValue } from '../../../src/author/rollback/neutral-value.ts'
import { withConnection } from '../../../src/postgres/connect.ts'
import { createTestDatabase } from '../../support/database.ts'

const before = new Map([
  ['enum\0public."Mood"', { kind: 'enum', name: 'public."Mood"', definition: { values: ["it's", 'x'] } }],
  ['domain\0public.code', { kind: 'domain', name: 'public.code', definition: { type: 'character varying(5)' } }],
])

const types = [
  'text', 'character varying(20)', 'character(3)', 'bytea', 'smallint', 'integer', 'bigint', 'numeric(10,2)', 'real',
  'double precision', 'money', 'boolean', 'date', 'timestamp(3) without time zone', 'timestamp with time zone',
  'time without time zone', 'interval', 'uuid', 'json', 'jsonb', 'xml', 'bit(4)', 'bit varying', 'inet', 'cidr',
  'macaddr', 'int4range', 'integer[]', 'public."Mood"', 'public."Mood"[]', 'public.code',
]

it('is a value of its type, for every type that Prisma has a name for', async () => {
  await withConnection(await createTestDatabase(), async (connection) => {
    await connection.query(`CREATE TYPE "Mood" AS ENUM ('it''s', 'x'); CREATE DOMAIN code AS varchar(5)`)
    for (const type of types) {
      const { rows } = await connection.query<{ isNull: boolean }>(`SELECT ${neutralValue(type, before)} IS NULL AS "isNull"`)
      expect(rows, type).toEqual([{ isNull: false }])
    }
  })
})

const uniqueTypes = [
  'text', 'character varying', 'character varying(20)', 'character(30)', 'uuid', 'smallint', 'integer', 'bigint',
  'numeric(10,2)', 'real', 'double precision', 'date', 'timestamp(3) without time zone', 'timestamp with time zone',
  'time without time zone', 'interval', 'jsonb', 'bytea', 'text[]', 'integer[]', 'character varying(20)[]',
]

it('is another value in each row under a unique constraint', async () => {
  await withConnection(await createTestDatabase(), async (connection) => {
    await connection.query('CREATE TABLE rows AS SELECT n FROM generate_series(1, 3) n')
    for (const type of uniqueTypes) {
      const column = { kind: 'column', name: 'public.rows.c', definition: { type, notNull: true, default: null, identity: null, generated: null } }
      const definition = { definition: 'CREATE UNIQUE INDEX k ON public.rows USING btree (c)', table: 'public.rows' }
      const side = new Map([['index\0public.k', { kind: 'index', name: 'public.k', definition }]])
      const { value, isDistinct } = fallbackValue(column, side)
      await connection.query(`ALTER TABLE rows ADD c ${type}; UPDATE rows SET c = ${value}; CREATE UNIQUE INDEX k ON rows (c); ALTER TABLE rows DROP c`)
      expect(isDistinct, type).toBe(true)
    }
  })
})
