import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { revealUrl } from '../../src/postgres/database-url.ts'
import { createTestDatabase } from '../support/database.ts'
import { rowsOf } from '../support/database-rows.ts'
import { createFolder, writeFiles } from '../support/files.ts'
import { allBytes, sql } from '../support/fixes.ts'
import { referenceProject } from '../support/reference-project.ts'
import { type Run, runProcess, runTide, runTideJson, tideBin } from '../support/run-tide.ts'

const fix = (body: string): string => `import { defineFix } from 'prisma-tide'

export const fix = defineFix({
  description: 'doubles totals',
  run: async (tx) => {
    ${body}
  },
})
`
const double = fix('await tx.query(`UPDATE orders SET total = total * 2 WHERE id < $1`, [3])')

async function createProject() {
  const database = await createTestDatabase()
  await sql(database, `CREATE TABLE orders (id int PRIMARY KEY, total numeric(10,2));
    INSERT INTO orders SELECT i, i FROM generate_series(1, 5) i`)
  const cwd = createFolder({
    'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n\nmodel orders {\n  id Int @id\n}\n',
    'tide.config.js': `export default { environments: { dev: { urlVariable: 'FIX_URL' } } }`,
    'tsconfig.json': '{ "compilerOptions": { "module": "nodenext", "target": "es2023", "strict": true } }',
    // Not checked, so that a test costs no compiler.
    'scripts/fixes/double_totals.js': double,
  })
  mkdirSync(join(cwd, 'node_modules'))
  symlinkSync(referenceProject, join(cwd, 'node_modules/prisma-tide'))
  const options = { cwd, env: { FIX_URL: revealUrl(database), USER: 'anna' } }
  const confirm = ['--confirm', database.database]
  return {
    cwd,
    database,
    confirm,
    write: (file: string, text: string) => { writeFiles(cwd, { [`scripts/fixes/${file}`]: text }) },
    run: (...words: string[]) => runTide(['fix', ...words], options),
    json: (...words: string[]) => runTideJson(['fix', ...words], options),
    program: (...words: string[]) => runProcess(process.execPath, words, options),
  }
}

test('a fix is made, rehearsed, applied, listed, undone and applied again', async () => {
  const { run, json, database, confirm } = await createProject()
  const made = await run('new', 'Repair the Totals!')
  expect(made.stdout).toBe(
    'Wrote scripts/fixes/repair_the_totals.ts\nWrote scripts/fixes/tsconfig.json\n' +
      'Fill it in, then rehearse it: tide fix run repair_the_totals\n',
  )
  expect((await run('new', 'repair the totals')).stderr).toContain('FIX_EXISTS')

  const before = await allBytes(database)
  const early = await run('run', 'double_totals', '--apply')
  expect([early.exitCode, early.stderr]).toEqual([2, expect.stringContaining('FIX_UNCONFIRMED')])
  const rehearsed = await run('run', 'double_totals')
  expect(rehearsed.stdout).toContain('  orders  2 updated\n    ~ id=1  total: 1.00 → 2.00\n    ~ id=2  total: 2.00 → 4.00\n')
  expect(rehearsed.stdout).toContain('ROW EXCLUSIVE on orders')
  expect(await allBytes(database)).toEqual(before)

  const { document } = await json('run', 'scripts/fixes/double_totals.js', '--apply', '--rows', '0', ...confirm)
  expect(document).toMatchObject({
    fix: 'double_totals', mode: 'applied', undo: '1', rehearsed: true,
    tables: [{ table: 'orders', inserted: 0, updated: 2, deleted: 0, rows: [] }],
  })
  expect(await rowsOf(database, 'SELECT total FROM orders WHERE id < 4 ORDER BY id')).toEqual(['2.00', '4.00', '3.00'])

  const script = await run('undo', '1', '--sql')
  expect(script.stdout).toContain(`UPDATE ONLY "public"."orders" SET "total" = '1.00'::numeric(10,2) WHERE "id" = '1'::integer;`)
  expect((await run('undo', '1', '--confirm', 'other')).stderr).toContain('"other" is not its name')
  const undone = await json('undo', 'double_totals', ...confirm)
  expect(undone.document).toMatchObject({ fix: 'double_totals', undoes: '1', undo: '2', overwritten: [] })
  expect(await allBytes(database)).toEqual(before)

  const list = await json('list')
  expect(list.document).toMatchObject({
    fixes: [
      { name: 'double_totals', file: 'scripts/fixes/double_totals.js', description: 'doubles totals', runs: 1 },
      { name: 'repair_the_totals', runs: 0 },
    ],
    runs: [
      { id: '2', undoes: '1' },
      { id: '1', fix: 'double_totals', appliedBy: 'anna', undoneBy: '2', tables: [{ table: 'orders', updated: 2 }] },
    ],
  })
  expect((await run('list')).stdout).toMatch(/\n1 {2}double_totals {2}\S+Z {2}anna as postgres {2}undone by run 2\n {4}orders 2 updated\n$/)
})

test('the rollback as SQL gives what an undo gives, and stops where a row has changed', async () => {
  const { run, database, confirm, write } = await createProject()
  await sql(database, `CREATE TABLE notes (id int PRIMARY KEY, order_id int REFERENCES orders ON DELETE CASCADE, body text UNIQUE,
    size int GENERATED ALWAYS AS (length(body)) STORED); INSERT INTO notes VALUES (1, 1, E'it''s \\\\ "x"\\n'), (2, 2, NULL), (3, 3, 'b')`)
  const before = await allBytes(database)
  write('many.js', fix(`await tx.query("DELETE FROM orders WHERE id = 1; UPDATE notes SET body = 'c' WHERE id = 3; INSERT INTO orders VALUES (9, 9)")`))
  expect((await run('run', 'many', '--apply', ...confirm)).stdout).toContain('not rehearsed on this database in this form')
  const script = (await run('undo', 'many', '--sql')).stdout
  await sql(database, `UPDATE notes SET body = 'theirs' WHERE id = 3`)
  await expect(sql(database, script)).rejects.toThrow('Rows of notes have changed since run 1.')
  await sql(database, `UPDATE notes SET body = 'c' WHERE id = 3`)
  await sql(database, script)
  expect(await allBytes(database)).toEqual(before)
})

test('a script that does not type-check, exports no fix or throws leaves every row as it was', async () => {
  const { run, write, database, confirm } = await createProject()
  write('bad.ts', fix('await tx.query(5)'))
  const unchecked = await run('run', 'bad')
  expect(unchecked.stderr).toContain('PROJECT_SCRIPT_TYPES')
  expect(unchecked.stderr).toContain('scripts/fixes/bad.ts:6:20')
  write('other.js', 'export const fix = { run: 1 }\n')
  expect((await run('run', 'other')).stderr).toContain('FIX_EXPORT')
  write('other.js', fix('await tx.query("DELETE FROM orders WHERE id = 1")\n    throw new Error("row 10,001")'))
  const thrown = await run('run', 'other', '--apply', ...confirm)
  expect(thrown.stderr).toContain('row 10,001')
  expect(thrown.stderr).toContain('scripts/fixes/other.js:7')
  expect((await run('run', 'double_total')).stderr).toContain('Did you mean double_totals?')
  expect((await run('undo', '1', '--dry-run')).stderr).toContain('FIX_RUN_UNKNOWN')
  expect(await rowsOf(database, 'SELECT count(*) FROM orders')).toEqual(['5'])
})

test('the Prisma Client of the project runs in the transaction of the fix, under the same guard', async () => {
  const { cwd, run, write, database, confirm, program } = await createProject()
  symlinkSync(join(referenceProject, 'node_modules/@prisma'), join(cwd, 'node_modules/@prisma'))
  writeFiles(cwd, { 'prisma/schema.prisma': schema })
  expect(await program(tideBin, 'generate')).toMatchObject({ exitCode: 0 })
  const withClient = (body: string): string => fix(`const db = tx.client(PrismaClient)\n    ${body}`)
    .replace("from 'prisma-tide'\n", "from 'prisma-tide'\nimport { PrismaClient } from '../../generated/client.ts'\n")
  write('client.js', withClient(`await db.orders.updateMany({ where: { id: 1 }, data: { total: '7.5' } })
    await db.$transaction(async (inner) => { await inner.orders.delete({ where: { id: 2 } }) })`))
  const applied = await run('run', 'client', '--apply', ...confirm)
  expect([applied.stderr, applied.stdout]).toEqual([expect.any(String), expect.stringContaining('orders  1 updated, 1 deleted')])
  expect(await rowsOf(database, 'SELECT id, total FROM orders WHERE id < 4 ORDER BY id')).toEqual(['1|7.50', '3|3.00'])
  write('client.js', withClient(`await db.$executeRawUnsafe('TRUNCATE orders')`))
  expect((await run('run', 'client')).stderr).toContain('FIX_STATEMENT_REFUSED')
  write('client.js', withClient(`await db.orders.create({ data: { id: 1, total: '4.44' } })`))
  const twice = await run('run', 'client')
  expect(twice.stderr).toContain('duplicate key value violates unique constraint "orders_pkey"')
  expect(twice.stderr).not.toContain('4.44')
})

const schema = `generator client {
  provider = "prisma-client"
  output   = "../generated"
}

datasource db {
  provider = "postgresql"
}

model orders {
  id    Int      @id
  total Decimal?
}
`

test('a script runs by itself, with the same flags and the same safety', async () => {
  const { program, database, confirm, cwd, write } = await createProject()
  write('triple.ts', double.replace('* 2', '* 3'))
  // ts-node runs no file of such a package by itself; what it needs the first run of a script leaves there.
  writeFiles(cwd, { 'package.json': '{ "type": "module" }' })
  const script = join(cwd, 'scripts/fixes/triple.ts')
  const tsx = (...words: string[]): Promise<Run> => program(join(referenceProject, 'node_modules/tsx/dist/cli.mjs'), script, ...words)
  const refused = await tsx('--apply')
  expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('FIX_UNCONFIRMED')])
  const [applied, tsNode] = await Promise.all([
    tsx('--apply', ...confirm),
    program(join(referenceProject, 'node_modules/ts-node/dist/bin.js'), 'scripts/fixes/triple.ts', '--rows', '0'),
  ])
  expect([tsNode.exitCode, tsNode.stdout]).toEqual([0, expect.stringContaining('orders  2 updated\nHeld')])
  expect(applied.stdout).toContain('Take it back with: tide fix undo 1')
  expect(await rowsOf(database, 'SELECT total FROM orders WHERE id = 2')).toEqual(['6.00'])
})
