import { expect, it } from 'vitest'
import { listArchives } from '../../../src/history/archive/list-archives.ts'
import { missingArchives } from '../../../src/history/archive/missing-archives.ts'
import { purgeArchives, selectArchives } from '../../../src/history/archive/purge-archives.ts'
import { withConnection } from '../../../src/postgres/connect.ts'
import { runScript } from '../../../src/postgres/statements/run-script.ts'
import { archivedMigration } from '../../support/archives.ts'
import { databaseAt } from '../../support/rollbacks.ts'

const setup = `CREATE TABLE a (id int PRIMARY KEY, x text, y text); INSERT INTO a VALUES (1, 'x', 'y'), (2, NULL, NULL);
  CREATE TABLE "b ""c" (z text);`

it('lists what a database keeps, and deletes what is named and nothing else', async () => {
  const first = await archivedMigration(setup, 'ALTER TABLE a DROP x;', { migration: '1_first' })
  const second = await archivedMigration(setup, 'ALTER TABLE a DROP y; DROP TABLE "b ""c";', { migration: '2_second' })
  const large = await archivedMigration(setup, 'ALTER TABLE a DROP id, ADD id int;', { migration: '3_none' })
  const { url } = await databaseAt(setup)
  await withConnection(url, async (connection) => {
    expect(await listArchives(connection)).toEqual([])
    expect(large.notes).toEqual(['Nothing of public.a is archived: no key tells its rows again on the way back.'])
    await runScript(connection, first.sql, 'migration.sql')
    await connection.query(`UPDATE tide_archive.archives SET archived_at = '2026-01-01'`)
    await runScript(connection, second.sql, 'migration.sql')
    const entries = await listArchives(connection)
    expect(entries.map(({ migration, source, rows, kept }) => [migration, source, rows, kept])).toEqual([
      ['1_first', 'public.a (x)', 2, true],
      ['2_second', 'public."b ""c"', 0, true],
      ['2_second', 'public.a (y)', 2, true],
    ])
    expect(entries.every(({ bytes }) => bytes > 0)).toBe(true)

    const named = entries.map(({ archive }) => `DROP TABLE "tide_archive"."${archive.replaceAll('"', '""')}";`).join('\n')
    expect(await missingArchives(connection, named)).toEqual([])
    const old = selectArchives(entries, { before: new Date('2026-02-01') })
    expect(old.map(({ migration }) => migration)).toEqual(['1_first'])
    expect(selectArchives(entries, { migration: '2_second', before: new Date('2026-02-01') })).toEqual([])
    await purgeArchives(connection, old)
    expect((await listArchives(connection)).map(({ migration }) => migration)).toEqual(['2_second', '2_second'])
    expect(await missingArchives(connection, named)).toEqual(old.map(({ archive }) => archive))

    await purgeArchives(connection, await listArchives(connection))
    expect(await listArchives(connection)).toEqual([])
    const { rows } = await connection.query(`SELECT FROM pg_class WHERE relnamespace = 'tide_archive'::regnamespace AND relkind = 'r'`)
    expect(rows).toHaveLength(1)
  })
})
