import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { runStep } from '../../src/data/run-step.ts'
import { readDefinition } from '../../src/data/step/load-step.ts'
import { loadSnapshotClient } from '../../src/data/client/snapshot-client.ts'
import { createClientOnConnection } from '../../src/prisma/client-on-connection.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, withDatabase } from '../../src/postgres/database-url.ts'
import { ensureEmbeddedServer } from '../../src/postgres/embedded/ensure-server.ts'
import { stopEmbeddedServer } from '../../src/postgres/embedded/stop-server.ts'
import { withLoad } from './load.ts'

/** One column of a large table, changed in three ways: alone, and while others use the table. Writes DATA.md. */
const rows = Number(process.argv[2] ?? 1_000_000)
const workers = Number(process.argv[3] ?? 2)
const targetMs = Number(process.argv[4] ?? 100)
const bench = fileURLToPath(new URL('..', import.meta.url))
const directory = await mkdtemp(join(tmpdir(), 'tide-data-race-'))

interface Entry {
  readonly name: string
  /** Milliseconds of the longest transaction. */
  readonly run: (database: DatabaseUrl) => Promise<number>
}

/** Other work on the machine lengthens every wait. */
const loadBefore = (loadavg()[0] ?? 0).toFixed(1)

const change = 'amount = round(price::numeric, 2), currency = upper(currency)'

const entries: readonly Entry[] = [
  {
    name: 'one plain UPDATE',
    run: async (database) => {
      const startedAt = performance.now()
      await withConnection(database, (connection) => connection.query(`UPDATE account SET ${change}`))
      return performance.now() - startedAt
    },
  },
  {
    name: `Tide, ${workers} workers, batches of ${targetMs} ms`,
    run: async (database) => {
      const definition = {
        table: 'account',
        up: (batch: () => string) => `UPDATE account SET ${change} WHERE ${batch()}`,
        down: { reason: 'not measured' },
        check: 'SELECT id FROM account WHERE amount IS NULL',
      }
      const step = readDefinition(definition, { migration: 'race', directory, hash: 'none' })
      const place = { directory, stateDirectory: join(directory, '.tide') }
      const outcome = await runStep({ database, place, workers, targetMs }, { step, direction: 'up', ledgerId: 'race' })
      return outcome.longestMs
    },
  },
  { name: 'updateMany of Prisma in a loop, 1,000 rows each', run: updateMany },
]

const schema = `datasource db {
  provider = "postgresql"
}
model account {
  id       BigInt   @id
  name     String?
  price    Float?
  currency String?
  amount   Decimal? @db.Decimal(12, 2)
  visits   Int      @default(0)
}
`

const lines: string[] = []
const figures = new Map<string, { readonly alone: number }>()
try {
  const server = await ensureEmbeddedServer({ directory })
  for (const { name, run } of entries) {
    const quiet = await fresh(server.url)
    const startedAt = performance.now()
    const longest = await run(quiet)
    const alone = performance.now() - startedAt
    const busy = await fresh(server.url)
    // Right before: how fast the machine is changes with whatever else it does.
    const idle = (await withLoad(busy, rows, () => pause(5000))).latencies
    const loadedAt = performance.now()
    const { latencies } = await withLoad(busy, rows, () => run(busy))
    const loaded = performance.now() - loadedAt
    figures.set(name, { alone })
    const ratio = (figures.get(entries[0]?.name ?? '')?.alone ?? alone) / alone
    const p99 = `${latencies.p99.toFixed(1)} ms (${(latencies.p99 / idle.p99).toFixed(1)} x of ${idle.p99.toFixed(1)} ms)`
    const line = `| ${name} | ${seconds(alone)} | ${ratio.toFixed(2)} | ${Math.round(longest)} ms | ${p99} | ${latencies.longest.toFixed(0)} ms | ${seconds(loaded)} |`
    process.stderr.write(`${line}\n`)
    lines.push(line)
  }
  const page = `# One column of ${rows.toLocaleString('en')} rows

Changed on the embedded PostgreSQL 18 with ${cpus().length} processors (load average before it: ${loadBefore}): \`SET ${change}\` (\`updateMany\` cannot compute a value from the
row, so it sets constants). The load is four sessions that read and write single rows by key; its p99 is compared with that of five
seconds right before, with nobody else there. While others use the database Tide makes its batches short and rests between them.
Each figure is of a fresh table. Written by \`npm run bench:data\` in \`bench/\`.

| | alone | throughput to the plain UPDATE | longest transaction | p99 of the load meanwhile | its longest wait | under load |
|---|---|---|---|---|---|---|
${lines.join('\n')}
`
  await writeFile(join(bench, 'DATA.md'), page)
} finally {
  await stopEmbeddedServer({ directory })
  await rm(directory, { recursive: true, force: true })
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

/** A database of its own with the table, as a table is that was filled long ago. */
async function fresh(server: DatabaseUrl): Promise<DatabaseUrl> {
  const name = `race_${String(Math.floor(performance.now() * 1000))}`
  await withConnection(server, (connection) => connection.query(`CREATE DATABASE ${name}`))
  const database = withDatabase(server, name)
  await withConnection(database, async (connection) => {
    await connection.query(`CREATE TABLE account (id bigint PRIMARY KEY, name text, price float8, currency text, amount numeric(12,2), visits int NOT NULL DEFAULT 0);
      INSERT INTO account SELECT n, 'account ' || n, n / 7.0, 'eur', NULL, 0 FROM generate_series(1, ${rows}) n`)
    await connection.query('VACUUM ANALYZE account')
    await connection.query('CHECKPOINT')
  })
  return database
}

interface AccountClient {
  readonly account: { updateMany(args: object): Promise<{ readonly count: number }> }
}

/** The client of the table, with a session of its own; each statement commits by itself. */
async function updateMany(database: DatabaseUrl): Promise<number> {
  const place = { directory, stateDirectory: join(directory, '.tide') }
  await writeFile(join(directory, 'schema.prisma'), schema)
  await symlink(join(bench, '../node_modules'), join(directory, 'node_modules')).catch(() => undefined)
  const PrismaClient = await loadSnapshotClient({ migration: 'race', directory }, place)
  let longest = 0
  await withConnection(database, async (connection) => {
    const client = createClientOnConnection(PrismaClient, connection, 'public') as AccountClient
    for (let from = 1; from <= rows; from += 1000) {
      const startedAt = performance.now()
      await client.account.updateMany({ where: { id: { gte: from, lt: from + 1000 } }, data: { amount: '1.00', currency: 'EUR' } })
      longest = Math.max(longest, performance.now() - startedAt)
    }
  })
  return longest
}
