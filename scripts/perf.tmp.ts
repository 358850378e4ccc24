import { runFix } from '../src/fix/run-fix.ts'
import { undoFix } from '../src/fix/undo-fix.ts'
import { parseDatabaseUrl, withDatabase } from '../src/postgres/database-url.ts'
import { withConnection } from '../src/postgres/connect.ts'
const server = parseDatabaseUrl(process.env['U']!, 'x')
const database = withDatabase(server, 'fixperf')
await withConnection(server, async (c) => { await c.query('DROP DATABASE IF EXISTS fixperf WITH (FORCE)'); await c.query('CREATE DATABASE fixperf') })
await withConnection(database, (c) => c.query(`CREATE TABLE big (id bigint primary key, name text, n int, at timestamptz default now(), pad text default repeat('x',60));
 INSERT INTO big SELECT i, 'name '||i, i FROM generate_series(1,1000000) i; ANALYZE big`))
const step = async (what: string, sql: string[]) => {
  const t = performance.now()
  const r = await runFix({ database, apply: true, fix: { name: 'p', file: 'x', hash: 'x', definition: { description: 'x', run: async (tx) => { const t = performance.now(); for (const s of sql) await tx.query(s); console.log(' script', (performance.now() - t).toFixed(0)) } } } })
  const t2 = performance.now()
  await undoFix({ database, run: r.undo! })
  console.log(what, 'run', (t2 - t).toFixed(0), 'undo', (performance.now() - t2).toFixed(0), 'rss', Math.round(process.memoryUsage().rss / 1e6), JSON.stringify(r.tables.map(({ rows, ...x }) => x)))
}
await step('one row', ['UPDATE big SET n = 0 WHERE id = 5'])
await step('one delete', ['DELETE FROM big WHERE id = 5'])
await step('200k update', ['UPDATE big SET n = n + 1 WHERE id <= 200000'])
await step('100k delete', ['DELETE FROM big WHERE id <= 100000'])
