import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { createLedgerSql, failedSql, finishedSql, rolledBackSql, startedSql } from '../../src/history/ledger-sql.ts'
import {
  ensureLedger,
  hasLedger,
  readLedger,
  recordFailed,
  recordFinished,
  recordRolledBack,
  recordStarted,
} from '../../src/history/ledger.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import { createTestDatabase } from '../support/database.ts'

const migration = (name: string) => ({ id: randomUUID(), name, checksum: 'c'.repeat(64) })

it('reads nothing where there is no ledger, and makes one as Prisma does', async () => {
  await withConnection(await createTestDatabase(), async (connection) => {
    expect(await hasLedger(connection)).toBe(false)
    expect(await readLedger(connection)).toEqual([])
    await ensureLedger(connection)
    await ensureLedger(connection)
    expect(await readLedger(connection)).toEqual([])
    const { rows } = await connection.query<{ column: string }>(
      `SELECT concat_ws(' ', column_name, data_type, character_maximum_length, is_nullable, column_default) AS column
         FROM information_schema.columns WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position`,
    )
    expect(rows.map((row) => row.column)).toEqual([
      'id character varying 36 NO',
      'checksum character varying 64 NO',
      'finished_at timestamp with time zone YES',
      'migration_name character varying 255 NO',
      'logs text YES',
      'rolled_back_at timestamp with time zone YES',
      'started_at timestamp with time zone NO now()',
      'applied_steps_count integer NO 0',
    ])
  })
})

it('writes the rows of a success, a failure and a rollback as Prisma does', async () => {
  await withConnection(await createTestDatabase(), async (connection) => {
    await ensureLedger(connection)
    const [done, failed] = [migration("it's \\done"), migration('failed')]
    await recordStarted(connection, done)
    await recordFinished(connection, done.id)
    await recordStarted(connection, failed)
    await recordFailed(connection, failed.id, 'ERROR: \0 it\'s "bad" \\n')
    const rows = await readLedger(connection)
    expect(rows).toEqual([
      { ...done, startedAt: isoTime, finishedAt: isoTime, appliedSteps: 1 },
      { ...failed, startedAt: isoTime, logs: 'ERROR:  it\'s "bad" \\n', appliedSteps: 0 },
    ])

    expect(await recordRolledBack(connection, done.name)).toBe(1)
    expect(await recordRolledBack(connection, done.name)).toBe(0)
    expect((await readLedger(connection))[0]).toEqual({ ...rows[0], rolledBackAt: isoTime })
  })
})

it('keeps ledger and script in one round trip, and start before end', async () => {
  await withConnection(await createTestDatabase(), async (connection) => {
    const { id, name, checksum } = migration('one trip')
    const start = startedSql({ id, name, checksum }, 'public')
    await connection.query(
      `BEGIN;\n${createLedgerSql('public')}${start}CREATE TABLE a ();\n${finishedSql(id, 'public')}COMMIT;`,
    )
    const [row] = await readLedger(connection)
    expect(row).toMatchObject({ id, appliedSteps: 1 })
    const { rows } = await connection.query('SELECT finished_at > started_at AS after FROM _prisma_migrations')
    expect(rows).toEqual([{ after: true }])

    await connection.query(`${rolledBackSql(name, 'public')}${failedSql(id, 'x', 'public')}`)
    expect((await readLedger(connection))[0]).toMatchObject({ rolledBackAt: isoTime, logs: 'x' })
  })
})

it('stands in the schema of the URL, which it creates, whatever the search path is', async () => {
  await withConnection(await createTestDatabase(), async (connection) => {
    const schema = `odd "name's \\`
    await ensureLedger(connection, schema)
    await connection.query(`SELECT set_config('search_path', '', false)`)
    const started = migration('a')
    await recordStarted(connection, started, schema)
    expect(await readLedger(connection, schema)).toMatchObject([{ name: 'a' }])
    expect(await readLedger(connection)).toEqual([])
  })
})

it('tolerates a further column in the table', async () => {
  await withConnection(await createTestDatabase(), async (connection) => {
    await ensureLedger(connection)
    await connection.query('ALTER TABLE _prisma_migrations ADD COLUMN author text')
    const started = migration('a')
    await recordStarted(connection, started)
    expect(await readLedger(connection)).toEqual([{ ...started, startedAt: isoTime, appliedSteps: 0 }])
  })
})

const isoTime: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
