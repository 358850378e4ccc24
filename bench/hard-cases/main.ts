import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withConnection } from '../../src/postgres/connect.ts'
import { parseDatabaseUrl } from '../../src/postgres/database-url.ts'
import { type HardCase, hardCases } from '../../test/seed/hard-schema/hard-cases.ts'
import { judgeCase, judgeRows, rowsPerTable } from '../../test/seed/hard-schema/judge-case.ts'
import { freshDatabase, serverVersion } from '../databases.ts'
import { run } from '../measure.ts'
import { embeddedUrl, tide } from '../tide.ts'

/** Lets Tide and drizzle-seed fill the forty hard schemas, judged by the same rules, and writes HARD-CASES.md. */
const bench = fileURLToPath(new URL('..', import.meta.url))
const directory = await mkdtemp(join(tmpdir(), 'tide-hard-cases-'))
const project = join(directory, 'project')
const lines: string[] = []
const passed = { tide: 0, drizzle: 0 }
try {
  await mkdir(join(project, 'prisma'), { recursive: true })
  await writeFile(join(project, 'prisma/schema.prisma'), 'datasource db {\n  provider = "postgresql"\n}\n')
  const server = await embeddedUrl(project)
  for (const hard of hardCases) {
    const ours = await judgeCase(database(await freshDatabase(server, 'bench_hard')), hard)
    const theirs = await drizzle(await freshDatabase(server, 'bench_hard'), hard)
    if (ours.length === 0) passed.tide++
    if (theirs.length === 0) passed.drizzle++
    const line = `| ${hard.number} | ${cell(hard.name)} | ${verdict(ours)} | ${verdict(theirs)} |`
    process.stderr.write(`${line}\n`)
    lines.push(line)
  }
  const page = `# Forty hard schemas

${rowsPerTable} rows in every table, no configuration, on the embedded PostgreSQL ${await serverVersion(server)}; the server judges. Their SQL is in
[hard-cases.ts](../test/seed/hard-schema/hard-cases.ts). drizzle-seed is called as its manual says, with the schema that
drizzle-kit pulls from the database. Written by \`npm run bench:hard\` in \`bench/\`.

**Tide ${passed.tide} of ${hardCases.length}, drizzle-seed 0.3.1 ${passed.drizzle} of ${hardCases.length}.**

| # | case | Tide | drizzle-seed |
|---|---|---|---|
${lines.join('\n')}
`
  await writeFile(join(bench, 'HARD-CASES.md'), page)
} finally {
  await run(tide(project, ['db', 'stop']), [0, 1, 2])
  await rm(directory, { recursive: true, force: true })
}

function database(url: string): ReturnType<typeof parseDatabaseUrl> {
  return parseDatabaseUrl(url, 'the benchmark')
}

/** In a process of its own: a schema that is imported stays imported. */
async function drizzle(url: string, hard: HardCase): Promise<readonly string[]> {
  await withConnection(database(url), (connection) => connection.query(hard.sql))
  const folder = await mkdtemp(join(directory, 'drizzle-'))
  await symlink(join(bench, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n')
  const file = join(bench, 'hard-cases/drizzle.ts')
  try {
    await run({ program: process.execPath, args: ['--import', 'tsx', file, url, String(rowsPerTable), folder], directory: bench })
  } catch (error) {
    return [reason(error instanceof Error ? error.message : String(error))]
  }
  return withConnection(database(url), (connection) => judgeRows(connection, hard))
}

/** The line that says what went wrong, without the statement that failed. */
function reason(output: string): string {
  const lines = output.split('\n').map((line) => line.trim())
  const line = lines.findLast((one) => /^(\[?cause\]?: )?(error|\w*Error): /i.test(one) && !one.includes('Failed query'))
  return (line ?? 'it ended with an error').replace(/^\[?cause\]?: /, '').slice(0, 120)
}

function verdict(wrong: readonly string[]): string {
  return wrong.length === 0 ? 'pass' : `**fail**: ${cell(wrong[0] ?? '')}`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
