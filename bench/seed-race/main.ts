import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import { commonRole, freshDatabase, serverVersion } from '../databases.ts'
import { machine } from '../machine.ts'
import { run } from '../measure.ts'
import { embeddedUrl, tide } from '../tide.ts'
import { measurePeak, type Peak } from './measure-peak.ts'
import { renderRace, type SeedLap } from './render.ts'
import { tableSql, type Lap } from './table.ts'

/**
 * Fills one table with Tide and with others, one after the other on one server, and writes the section "Filling a table"
 * of RESULTS.md. `BENCH_ROWS_FAST` and `BENCH_ROWS_SLOW` set how many rows the fast and the slow ones fill,
 * `BENCH_ROWS_MEMORY` for which numbers the memory of the command is taken.
 */
const fast = Number(process.env['BENCH_ROWS_FAST'] ?? 1_000_000)
const slow = Number(process.env['BENCH_ROWS_SLOW'] ?? 100_000)
const memory = (process.env['BENCH_ROWS_MEMORY'] ?? '1000000,4000000').split(',').map(Number)
const results = fileURLToPath(new URL('../RESULTS.md', import.meta.url))
const load = loadavg().map((value) => value.toFixed(1)).join(' ')
const directory = await mkdtemp(join(tmpdir(), 'tide-seed-race-'))
const project = join(directory, 'project')
try {
  const client = await writeClient()
  const server = await commonRole(await embeddedUrl(project))
  const rowsFile = join(directory, 'rows.tsv')
  const laps: SeedLap[] = []
  const lap = async (name: string, racer: string, rows: number, variables: Readonly<Record<string, string>> = {}): Promise<void> => {
    const url = await freshDatabase(server, 'bench_seed')
    await query(url, tableSql)
    const file = fileURLToPath(new URL(`${racer}.ts`, import.meta.url))
    const command = { program: process.execPath, args: ['--import', 'tsx', file, url, String(rows)], directory: fileURLToPath(new URL('..', import.meta.url)), variables }
    const { stdout } = await run(command)
    const found = JSON.parse(stdout.slice(stdout.lastIndexOf('{'))) as Lap
    laps.push({ name, ...found })
    process.stderr.write(`${name}: ${(found.rows / found.ms * 1000).toFixed(0)} rows/s, ${found.peakMb.toFixed(0)} MB\n`)
    if (racer === 'tide' && !existsSync(rowsFile)) await saveRows(url, rowsFile)
  }
  await lap('Tide', 'tide', fast)
  await lap('COPY of ready-made rows', 'copy', fast, { BENCH_ROWS: rowsFile })
  await lap('Tide', 'tide', fast)
  await lap('COPY of ready-made rows', 'copy', fast, { BENCH_ROWS: rowsFile })
  await lap('Tide', 'tide', slow)
  await lap('drizzle-seed 0.3.1', 'drizzle', slow)
  await lap('Prisma 7.10 createMany', 'create-many', slow, { BENCH_ROWS: rowsFile, BENCH_CLIENT: client })
  const peaks: Peak[] = []
  for (const rows of memory) {
    // The database that the project's own `dev` is.
    await query(await freshDatabase(server, 'dev'), tableSql)
    peaks.push(await measurePeak(project, rows))
    process.stderr.write(`tide seed, ${rows} rows: ${peaks.at(-1)?.peakMb.toFixed(0) ?? ''} MB\n`)
  }
  const section = renderRace({ laps, peaks, load, machine: machine(), server: await serverVersion(server) })
  const page = await readFile(results, 'utf8')
  const head = page.split('\n## Filling a table')[0] ?? page
  await writeFile(results, `${head.trimEnd()}\n\n${section}`)
  process.stdout.write(section)
} finally {
  await run(tide(project, ['db', 'stop']), [0, 1, 2])
  await rm(directory, { recursive: true, force: true })
}

/** The client of the table's model, in a project of its own. */
async function writeClient(): Promise<string> {
  await mkdir(join(project, 'prisma'), { recursive: true })
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(project, 'node_modules'))
  await writeFile(join(project, 'prisma/schema.prisma'), `
generator client {
  provider = "prisma-client"
  output   = "../client"
}
datasource db {
  provider = "postgresql"
}
enum role {
  user
  admin
  guest
}
model users {
  id         Int      @id @default(autoincrement())
  email      String   @unique
  first_name String
  last_name  String
  role       role
  is_active  Boolean
  balance    Decimal  @db.Decimal(12, 2)
  bio        String?
  settings   Json
  created_at DateTime @db.Timestamptz
  updated_at DateTime @db.Timestamptz
}
`)
  await run(tide(project, ['generate']))
  return join(project, 'client/client.ts')
}

async function saveRows(url: string, file: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await pipeline(client.query(to('COPY users TO STDOUT')), createWriteStream(file))
  await client.end()
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql)
  await client.end()
}
