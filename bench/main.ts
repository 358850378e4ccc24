import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commonRole, freshDatabase, serverVersion } from './databases.ts'
import { databaseVariables, measureDev, measureNode, measureStart, measureStatus } from './loops.ts'
import { machine } from './machine.ts'
import { run } from './measure.ts'
import { dbmate } from './peers/dbmate.ts'
import { knex } from './peers/knex.ts'
import { nodePgMigrate } from './peers/node-pg-migrate.ts'
import { psql } from './peers/psql.ts'
import { copyProject, squashProject } from './projects.ts'
import { renderResults } from './results.ts'
import { embeddedUrl, tide } from './tide.ts'
import { raceUp } from './up-race.ts'

/** Measures everything in one run and writes RESULTS.md. `BENCH_RUNS` sets the number of runs of each. */
const count = Number(process.env['BENCH_RUNS'] ?? 5)
const corpora = process.env['TIDE_CORPORA'] ?? fileURLToPath(new URL('../../shared/corpora', import.meta.url))
const corpus = join(corpora, 'langfuse__langfuse')
if (!existsSync(corpus)) {
  process.stderr.write(`The history to measure with is not in ${corpora}: name the folder in TIDE_CORPORA.\n`)
  process.exit(2)
}
const load = loadavg()
  .map((value) => value.toFixed(1))
  .join(' ')
const directory = await mkdtemp(join(tmpdir(), 'tide-bench-'))
const long = await copyProject(corpus, join(directory, 'long'))
const short = await copyProject(corpus, join(directory, 'short'), 50)
const squashed = await squashProject(corpus, join(directory, 'squashed'), 50)
// A project without a database URL of its own: its embedded server is the one for everybody.
const small = await smallProject(directory)
try {
  const { first, later } = await measureStart(() => smallProject(directory), count)
  const node = await measureNode(count)
  const dev = await measureDev([long, short, squashed], count)
  const server = await commonRole(await embeddedUrl(small))
  const race = await raceUp(long, server, [psql, dbmate, knex, nodePgMigrate], join(directory, 'peers'), count)
  const database = await freshDatabase(server, 'bench_status')
  await run(tide(long.directory, ['up', '--json'], databaseVariables(database)))
  const status = await measureStatus(long, database, count)
  const version = await serverVersion(server)
  const results = {
    machine: machine(),
    server: version,
    load,
    runs: count,
    node,
    dev,
    status,
    first,
    later,
    race,
  }
  const page = renderResults(results)
  const file = fileURLToPath(new URL('RESULTS.md', import.meta.url))
  // What the other benchmark has written stays.
  const [, filling] = (existsSync(file) ? await readFile(file, 'utf8') : '').split(/^(?=## Filling a table)/m)
  await writeFile(file, filling === undefined ? page : `${page.trimEnd()}\n\n${filling}`)
  process.stdout.write(page)
} finally {
  for (const folder of [long.directory, short.directory, squashed.directory, small]) await run(tide(folder, ['db', 'stop']), [0, 1, 2])
  await rm(directory, { recursive: true, force: true })
}

/** A project in which no server was ever started. */
async function smallProject(parent: string): Promise<string> {
  const folder = await mkdtemp(join(parent, 'small-'))
  await mkdir(join(folder, 'prisma'))
  await writeFile(
    join(folder, 'prisma', 'schema.prisma'),
    'datasource db {\n  provider = "postgresql"\n}\n\nmodel Note {\n  id Int @id\n}\n',
  )
  return folder
}
