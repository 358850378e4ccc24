import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as esbuild } from 'esbuild'
import pg from 'pg'
import { commonRole, freshDatabase, serverVersion } from '../databases.ts'
import { machine } from '../machine.ts'
import { run } from '../measure.ts'
import { tableSql, type Lap } from '../seed-race/table.ts'
import { embeddedUrl, tide } from '../tide.ts'

/**
 * Masks one table of eleven columns, six of them masked, and pipes it unmasked, in turn on one server; writes the section
 * "Masking a table" of RESULTS.md. `BENCH_ROWS_FAST` sets how many rows.
 */
const rows = Number(process.env['BENCH_ROWS_FAST'] ?? 1_000_000)
const results = fileURLToPath(new URL('../RESULTS.md', import.meta.url))
const masks: Readonly<Record<string, readonly [string, string]>> = {
  id: ['K', 'id'], email: ['D', 'email'], first_name: ['D', 'first-name'], last_name: ['D', 'last-name'], role: ['N', 'keep'],
  is_active: ['N', 'keep'], balance: ['N', 'keep'], bio: ['F', 'text'], settings: ['F', 'json'], created_at: ['N', 'keep'],
  updated_at: ['N', 'keep'],
}
/** As real rows are: names that some have, mail that everybody has alone, texts of a dozen words. */
const fillSql = `INSERT INTO users (email, first_name, last_name, role, is_active, balance, bio, settings, created_at, updated_at)
  SELECT md5(n::text) || '@mail.test', 'F' || left(md5((n % 3000)::text), 6), 'L' || left(md5((n % 20000)::text), 7),
    (ARRAY['user', 'admin', 'guest'])[1 + n % 3]::role, n % 7 > 0, n % 100000 / 7.0, md5(n::text) || ' ' || md5((n + 1)::text) || ' said so',
    jsonb_build_object('theme', left(md5(n::text), 8), 'size', n % 90, 'mail', n % 2 = 0), now() - n * interval '1 s', now()
  FROM generate_series(1, ${rows}) n; ANALYZE users`
const directory = await mkdtemp(join(tmpdir(), 'tide-fixture-race-'))
const project = join(directory, 'project')
/** Built, so that what is measured is no compiler of TypeScript: that takes tens of megabytes. */
const built: string[] = []
const key = '00112233445566778899aabbccddeeff102132435465768798a9bacbdcedfe0f'
try {
  await mkdir(join(project, 'prisma'), { recursive: true })
  await mkdir(join(project, 'seed'))
  await writeFile(join(project, 'prisma/schema.prisma'), 'datasource db {\n  provider = "postgresql"\n}\n')
  const server = await commonRole(await embeddedUrl(project))
  const source = await freshDatabase(server, 'bench_source')
  await query(source, tableSql)
  await query(source, fillSql)
  await writeProject(source)
  const laps: string[] = []
  const ratios: number[] = []
  for (let lap = 1; lap <= 2; lap++) {
    const pipe = await pipeLap(server, source)
    const mask = await maskLap()
    ratios.push(pipe.ms / mask.ms)
    for (const [name, { ms, peakMb }] of [['COPY to COPY, unmasked', pipe], ['Tide: masked, measured, written', mask]] as const) {
      laps.push(`| ${name} | ${((rows / ms) * 1000).toFixed(0)} | ${(ms / 1000).toFixed(1)} | ${peakMb.toFixed(0)} |`)
    }
  }
  const section = `## Masking a table

${rows.toLocaleString('en')} rows of eleven columns, six of them masked (key, email, two names, a free text, a document), from one database to
another unmasked, and into a fixture with its gate, in turn. Seconds and memory are those of the process, its threads with it. ${machine()}, ${await serverVersion(server)}.

| what | rows/s | seconds | peak MB |
|---|---|---|---|
${laps.join('\n')}

Masked by unmasked: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}.
`
  const page = await readFile(results, 'utf8')
  const head = page.split('\n## Masking a table')[0] ?? page
  await writeFile(results, `${head.trimEnd()}\n\n${section}`)
  process.stdout.write(section)
} finally {
  await run(tide(project, ['db', 'stop']), [0, 1, 2])
  for (const file of built) await rm(file, { force: true })
  await rm(directory, { recursive: true, force: true })
}

async function pipeLap(server: string, source: string): Promise<Lap> {
  const url = await freshDatabase(server, 'bench_target')
  await query(url, tableSql)
  const command = { program: process.execPath, args: [await build('pipe'), url, String(rows)], directory: fileURLToPath(new URL('..', import.meta.url)), variables: { BENCH_SOURCE: source } }
  const { stdout } = await run(command)
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{'))) as Lap
}

async function maskLap(): Promise<Lap> {
  const command = { program: process.execPath, args: [await build('mask'), project, String(rows)], directory: fileURLToPath(new URL('..', import.meta.url)), variables: { TIDE_MASK_KEY_QA: key } }
  const { stdout } = await run(command)
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{'))) as Lap
}

/** One of the racers as one file beside its source, where its imports are found. */
async function build(racer: 'mask' | 'pipe'): Promise<string> {
  const file = fileURLToPath(new URL(`${racer}.built.mjs`, import.meta.url))
  if (built.includes(file)) return file
  built.push(file)
  const source = fileURLToPath(new URL(`${racer}.ts`, import.meta.url))
  const options = { bundle: true, packages: 'external', external: ['*/dist/index.js'], platform: 'node', format: 'esm' } as const
  await esbuild({ entryPoints: [source], outfile: file, ...options })
  return file
}

async function writeProject(source: string): Promise<void> {
  await writeFile(join(project, 'tide.config.ts'), `export default { environments: { source: { url: ${JSON.stringify(source)} }, qa: { embedded: true } } }\n`)
  const columns = Object.entries(masks).map(([name, [piiClass, mask]]) => [name, { class: piiClass, mask, confidence: 1, reason: '', accepted: true }])
  await writeFile(join(project, 'seed/classification.json'), JSON.stringify({ tables: { 'public.users': Object.fromEntries(columns) as object } }))
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql)
  await client.end()
}
