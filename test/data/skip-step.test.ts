import { expect, test } from 'vitest'
import { orderStep } from '../../src/data/control.ts'
import { hasChanged, isOwed, readDataStates } from '../../src/data/data-state.ts'
import { skipStep } from '../../src/data/skip-step.ts'
import { writeUndoSql } from '../../src/data/undo-sql.ts'
import { ensureLedger, readLedger } from '../../src/history/ledger.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { connect } from '../../src/postgres/connect.ts'
import { createTestDatabase } from '../support/database.ts'
import { rowsOf } from '../support/database-rows.ts'
import { runData, stepOf } from '../support/data-steps.ts'
import { failureOf } from '../support/failure.ts'
import { createFolder } from '../support/files.ts'

test('a step that nobody will go on with is skipped, and what it has done is taken back all the same', async () => {
  const database = await createTestDatabase()
  const history = await readHistory(createFolder({ '1_far/migration.sql': '', '1_far/data.ts': '' }))
  const connection = await connect(database)
  await ensureLedger(connection)
  await connection.query(`CREATE TABLE far (id int PRIMARY KEY, times int NOT NULL DEFAULT 0);
    INSERT INTO far SELECT n FROM generate_series(1, 3000) n;
    INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('first', '', '1_far', now())`)
  const stateOf = async () => (await readDataStates(connection, 'public', history, await readLedger(connection)))[0]
  const skip = () => skipStep(database, history, '1_far')
  const times = () => rowsOf(database, 'SELECT DISTINCT times FROM far ORDER BY 1')
  const step = stepOf('1_far', {
    table: 'far',
    up: (batch: () => string) => `UPDATE far SET times = times + 1 WHERE ${batch()}`,
    down: (batch: () => string) => `UPDATE far SET times = times - 1 WHERE ${batch()}`,
    check: 'SELECT id FROM far WHERE times = 0',
  })
  expect(await skip()).toMatchObject({ before: 'owed', state: 'skipped' })
  const never = await stateOf()
  expect([never?.state, never && hasChanged(never), never && isOwed(never)]).toEqual(['skipped', false, false])
  expect(await writeUndoSql(database, step)).toContain('WHERE false')
  expect(await orderStep(database, 'resume', '1_far')).toMatchObject({ before: 'skipped', state: 'owed' })

  const stopping = new AbortController()
  const report = ({ done = 0 }): void => { if (done > 0) stopping.abort() }
  const stopped = await failureOf(() => runData(database, step, { workers: 1, signal: stopping.signal, report }))
  expect(stopped.code).toBe('DATA_INTERRUPTED')
  expect(await times()).toEqual(['0', '1'])
  expect((await failureOf(skip)).details.fix).toContain('tide data cancel 1_far')
  await orderStep(database, 'cancel', '1_far')
  expect(await skip()).toMatchObject({ before: 'cancelled', state: 'skipped' })
  expect((await failureOf(skip)).code).toBe('DATA_STEP_STATE')
  expect(await orderStep(database, 'resume', '1_far')).toMatchObject({ before: 'skipped', state: 'running' })
  await orderStep(database, 'cancel', '1_far')
  await skip()
  const far = await stateOf()
  expect([far?.state, far && hasChanged(far), far && isOwed(far), far?.record?.reason]).toEqual(['skipped', true, false, 'by `tide data skip`'])

  await runData(database, step, { direction: 'down' })
  expect(await times()).toEqual(['0'])
  expect(await skip()).toMatchObject({ before: 'undone', state: 'skipped' })
  await connection.end()
})
