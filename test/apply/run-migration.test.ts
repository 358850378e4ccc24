import { describe, expect, onTestFinished, test } from 'vitest'
import { down } from '../../src/apply/down.ts'
import { createJournalSql } from '../../src/apply/journal.ts'
import { up } from '../../src/apply/up.ts'
import { type Connection, connect } from '../../src/postgres/connect.ts'
import {
  closeGate,
  endSession,
  gateSql,
  openGate,
  someoneAtTheGate,
  startApply,
  waitingPid,
} from '../support/apply-process.ts'
import { createTestDatabase } from '../support/database.ts'
import { createHistory, type MigrationText } from '../support/migrations.ts'
import { queryRows } from '../support/query-rows.ts'

/** Several commit groups; each line of `log` says that its group was committed once more. */
const manyGroups = (gated: 1 | 2 | 3) => `
  INSERT INTO log VALUES ('one'); ${gated === 1 ? gateSql : ''} COMMIT;
  INSERT INTO log VALUES ('two'); ${gated === 2 ? gateSql : ''}
  CREATE INDEX CONCURRENTLY i ON big (id);
  INSERT INTO log VALUES ('three'); ${gated === 3 ? gateSql : ''}`

const finished = { log: ['one', 'two', 'three'], index: ['t'], ledger: ['1_base|t|NULL', '2_many|t|NULL'], journal: ['0'] }

describe('up killed with SIGKILL', () => {
  test('in a migration of one commit group is done by the session it left', async () => {
    const { database, history, connection } = await prepare({ '2_many': `INSERT INTO log VALUES ('one'); ${gateSql}` })
    await closeGate(connection)
    const run = startApply('up', database, history.directory)
    await someoneAtTheGate(connection)
    await run.kill()

    const second = startApply('up', database, history.directory)
    await openGate(connection)

    expect(await second.result).toMatchObject({ applied: [] })
    expect(await stateOf(connection)).toMatchObject({ log: ['one'], ledger: finished.ledger })
  })

  test.each([1, 2, 3] as const)('in transaction %i, with its session, is finished by the next', async (gated) => {
    const { database, history, connection } = await prepare({ '2_many': manyGroups(gated) })
    await closeGate(connection)
    const run = startApply('up', database, history.directory)
    const pid = await someoneAtTheGate(connection)
    await run.kill()
    await endSession(connection, pid)
    await openGate(connection)

    const result = await up({ database, history: await history.read() })

    expect(result.applied).toEqual(['2_many'])
    expect(await stateOf(connection)).toEqual(finished)
  })

  test.each([1, 2, 3] as const)('in transaction %i, whose session goes on, is finished by the next', async (gated) => {
    const { database, history, connection } = await prepare({ '2_many': manyGroups(gated) })
    await closeGate(connection)
    const run = startApply('up', database, history.directory)
    await someoneAtTheGate(connection)
    await run.kill()

    const second = startApply('up', database, history.directory)
    await openGate(connection)

    // The session that was left commits the third transaction, which is the last.
    expect(await second.result).toMatchObject({ applied: gated === 3 ? [] : ['2_many'] })
    expect(await stateOf(connection)).toEqual(finished)
  })

  test('while an index is built, with its session, has it built again', async () => {
    const { database, history, connection } = await prepare({ '2_many': manyGroups(1) })
    const holder = await connect(database)
    await holder.query('BEGIN; INSERT INTO big VALUES (7)')
    const run = startApply('up', database, history.directory)
    const pid = await waitingPid(connection, "locktype = 'virtualxid'")
    await run.kill()
    await endSession(connection, pid)
    await holder.query('COMMIT')
    await holder.end()
    expect(await queryRows(connection, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass")).toEqual(['f'])

    await up({ database, history: await history.read() })

    expect(await stateOf(connection)).toEqual(finished)
  })

  test.each(['CREATE INDEX CONCURRENTLY i ON bare (id)', 'CREATE INDEX CONCURRENTLY ON bare (id)'])(
    'twice after its last statement, before that is written down, takes the index for done: %s',
    async (sql) => {
      const { database, history, connection } = await prepare({ '2_many': sql })
      await gateTable(connection, 'tide.journal', 'DELETE')
      await closeGate(connection)
      for (let kills = 0; kills < 2; kills++) {
        const run = startApply('up', database, history.directory)
        const pid = await someoneAtTheGate(connection)
        await run.kill()
        await endSession(connection, pid)
      }
      await openGate(connection)

      const result = await up({ database, history: await history.read() })

      expect(result.applied).toEqual(['2_many'])
      expect(await queryRows(connection, "SELECT indisvalid FROM pg_index WHERE indrelid = 'bare'::regclass")).toEqual(['t'])
      expect(await stateOf(connection)).toMatchObject({ ledger: finished.ledger, journal: ['0'] })
    },
  )

  test.each([
    ['DROP INDEX CONCURRENTLY old', "SELECT to_regclass('old')", 'NULL'],
    ['ALTER TABLE parted DETACH PARTITION part CONCURRENTLY', 'SELECT count(*) FROM pg_inherits', '0'],
    ['VACUUM big', 'SELECT 1', '1'],
    ['REINDEX INDEX CONCURRENTLY old', "SELECT count(*) FROM pg_index WHERE indrelid = 'big'::regclass", '1'],
  ])('after %s, before that is written down, does not stumble over it', async (sql, query, expected) => {
    const { database, history, connection } = await prepare({ '2_many': sql })
    await gateTable(connection, 'tide.journal', 'DELETE')
    await closeGate(connection)
    const run = startApply('up', database, history.directory)
    const pid = await someoneAtTheGate(connection)
    await run.kill()
    await endSession(connection, pid)
    await openGate(connection)

    await up({ database, history: await history.read() })

    expect(await queryRows(connection, query)).toEqual([expected])
    expect(await stateOf(connection)).toMatchObject({ ledger: finished.ledger, journal: ['0'] })
  })

  test('while a partition is detached finishes the detaching', async () => {
    const { database, history, connection } = await prepare({
      '2_many': 'ALTER TABLE parted DETACH PARTITION part CONCURRENTLY',
    })
    const holder = await connect(database)
    await holder.query('BEGIN; SELECT * FROM parted')
    const run = startApply('up', database, history.directory)
    const pid = await waitingPid(connection, "locktype = 'virtualxid'")
    await run.kill()
    await endSession(connection, pid)
    await holder.query('COMMIT')
    await holder.end()
    expect(await queryRows(connection, 'SELECT inhdetachpending FROM pg_inherits')).toEqual(['t'])

    await up({ database, history: await history.read() })

    expect(await queryRows(connection, 'SELECT count(*) FROM pg_inherits')).toEqual(['0'])
    expect(await stateOf(connection)).toMatchObject({ ledger: finished.ledger })
  })

  test('sets again what the committed part of the file had set', async () => {
    const { database, history, connection } = await prepare({
      '2_many': `CREATE SCHEMA other; SET search_path = other; CREATE TABLE t (id int);
        CREATE INDEX CONCURRENTLY ti ON t (id); ${gateSql} CREATE TABLE u ()`,
    })
    await closeGate(connection)
    const run = startApply('up', database, history.directory)
    const pid = await someoneAtTheGate(connection)
    await run.kill()
    await endSession(connection, pid)
    await openGate(connection)

    await up({ database, history: await history.read() })

    expect(await queryRows(connection, "SELECT to_regclass('other.u')")).toEqual(['other.u'])
  })
})

describe('down killed with SIGKILL', () => {
  const text = (gated: 0 | 1 | 2): MigrationText => ({
    up: 'CREATE INDEX i ON big (id)',
    down: `INSERT INTO log VALUES ('one'); ${gated === 1 ? gateSql : ''} COMMIT;
      DROP INDEX CONCURRENTLY i; INSERT INTO log VALUES ('two'); ${gated === 2 ? gateSql : ''}`,
  })

  test.each([1, 2] as const)('in transaction %i is finished by the next', async (gated) => {
    const { database, history, connection } = await prepare({ '2_many': text(gated) })
    await up({ database, history: await history.read() })
    await closeGate(connection)
    const run = startApply('down', database, history.directory)
    const pid = await someoneAtTheGate(connection)
    await run.kill()
    await endSession(connection, pid)
    await openGate(connection)

    if (gated === 2) {
      await expect(up({ database, history: await history.read() })).rejects.toMatchObject({ code: 'APPLY_DOWN_UNFINISHED' })
    }
    const result = await down({ database, history: await history.read() })

    expect(result.rolledBack).toEqual(['2_many'])
    expect(await queryRows(connection, 'SELECT what FROM log')).toEqual(['one', 'two'])
    expect(await queryRows(connection, "SELECT to_regclass('i')")).toEqual(['NULL'])
    expect(await stateOf(connection)).toMatchObject({ ledger: ['1_base|t|NULL', '2_many|t|rolled back'], journal: ['0'] })
  })
})

async function prepare(migrations: Readonly<Record<string, MigrationText>>) {
  const database = await createTestDatabase()
  const connection = await connect(database)
  onTestFinished(() => connection.end())
  const history = createHistory({
    '1_base': {
      up: `CREATE TABLE big (id int); CREATE INDEX old ON big (id); CREATE TABLE log (what text);
        CREATE TABLE bare (id int);
        CREATE TABLE parted (id int) PARTITION BY LIST (id); CREATE TABLE part PARTITION OF parted FOR VALUES IN (1);`,
      down: 'DROP TABLE big',
    },
  })
  await up({ database, history: await history.read() })
  await history.write(migrations)
  return { database, history, connection }
}

/** Makes whoever changes the table's rows wait at the gate. */
async function gateTable(connection: Connection, table: string, event: 'DELETE' | 'UPDATE'): Promise<void> {
  await connection.query(createJournalSql.join(';'))
  await connection.query(
    `CREATE FUNCTION tide.wait_at_the_gate() RETURNS trigger LANGUAGE plpgsql SET lock_timeout = 0
       AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4242); RETURN COALESCE(NEW, OLD); END $$;
     CREATE TRIGGER gate BEFORE ${event} ON ${table} FOR EACH ROW EXECUTE FUNCTION tide.wait_at_the_gate()`,
  )
}

async function stateOf(connection: Connection) {
  const journal = await queryRows(connection, "SELECT to_regclass('tide.journal') IS NOT NULL")
  return {
    log: await queryRows(connection, 'SELECT what FROM log'),
    index: await queryRows(connection, "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('i')"),
    ledger: await queryRows(
      connection,
      `SELECT migration_name, finished_at IS NOT NULL, CASE WHEN rolled_back_at IS NOT NULL THEN 'rolled back' ELSE logs END
         FROM _prisma_migrations ORDER BY started_at`,
    ),
    journal: journal[0] === 't' ? await queryRows(connection, 'SELECT count(*) FROM tide.journal') : ['0'],
  }
}
