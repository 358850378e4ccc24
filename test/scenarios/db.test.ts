import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { parseDatabaseUrl } from '../../src/postgres/database-url.ts'
import { stopEmbeddedServer } from '../../src/postgres/embedded/stop-server.ts'
import { createFolder } from '../support/files.ts'
import { runTide, runTideJson } from '../support/run-tide.ts'

const schema = 'datasource db {\n  provider = "postgresql"\n}\n\nmodel A {\n  id Int @id\n}\n'

test('the embedded server is started, shown, used, stopped and deleted', { timeout: 120_000 }, async () => {
  const cwd = createProject()
  const data = join(cwd, '.tide', 'postgres')

  expect((await runTide(['db', 'status'], { cwd })).stdout).toContain('There is no embedded PostgreSQL yet.')
  expect(existsSync(join(cwd, '.tide'))).toBe(false)
  expect((await runTideJson(['db', 'stop'], { cwd })).document).toEqual({ running: false, stopped: false })

  const start = await runTideJson(['db', 'start'], { cwd })
  expect(start).toMatchObject({ exitCode: 0, document: { running: true, started: true, dataDirectory: data } })
  const port = Number(start.document['port'])
  const again = await runTide(['db', 'start'], { cwd })
  expect(again).toMatchObject({
    exitCode: 0,
    stdout: `Runs already: the embedded PostgreSQL, on 127.0.0.1:${String(port)}.\n`,
    stderr: '',
  })

  const { stdout: url } = await runTide(['db', 'url'], { cwd })
  expect(url).toMatch(new RegExp(`^postgresql://postgres:[\\w-]{24}@127\\.0\\.0\\.1:${String(port)}/dev\\n$`))
  const database = parseDatabaseUrl(url.trim(), 'tide db url')
  await withConnection(database, (connection) => connection.query('CREATE TABLE kept AS SELECT 42 AS answer'))
  expect((await runTideJson(['db', 'status'], { cwd })).document).toMatchObject({
    running: true,
    port,
    databases: [{ name: 'dev' }],
    rehearsals: { count: 0, bytes: 0 },
    seeds: { count: 0, bytes: 0 },
  })

  expect((await runTide(['db', 'stop'], { cwd })).stdout).toBe('Stopped the embedded PostgreSQL. Its data stays.\n')
  expect((await runTide(['db', 'status'], { cwd })).stdout).toContain('The embedded PostgreSQL does not run.')
  expect((await runTide(['db', 'url'], { cwd })).stdout).toBe(url)
  const { rows } = await withConnection(database, (connection) => connection.query('SELECT answer FROM kept'))
  expect(rows).toEqual([{ answer: 42 }])

  const refused = await runTideJson(['db', 'reset'], { cwd })
  expect(refused).toMatchObject({ exitCode: 2 })
  expect(refused.stdout).toContain('CLI_RESET_UNCONFIRMED')
  expect((await runTideJson(['db', 'reset', '--confirm', 'embedded'], { cwd })).document).toEqual({ deleted: true })
  expect(existsSync(data)).toBe(false)
})

test('a database that a URL names is printed, and no embedded server is started for it', async () => {
  const cwd = createProject(schema.replace('}', '  url      = env("DATABASE_URL")\n}'))
  const url = 'postgresql://me:secret@db.example.com:5433/shop?schema=sales'
  const run = await runTide(['db', 'url'], { cwd, env: { DATABASE_URL: url } })
  expect(run).toMatchObject({ exitCode: 0, stdout: `${url}\n` })
  expect(existsSync(join(cwd, '.tide', 'postgres'))).toBe(false)
})

test('a fixed port in tide.config.ts is used', { timeout: 120_000 }, async () => {
  const cwd = createProject()
  writeFileSync(join(cwd, 'tide.config.ts'), 'export default { embedded: { port: 20077 } }\n')
  expect((await runTideJson(['db', 'start'], { cwd })).document).toMatchObject({ started: true, port: 20077 })
})

test('help of a command of the group leads to the page of the group', async () => {
  const { stdout } = await runTide(['db', 'reset', '--help'], { cwd: createProject() })
  expect(stdout).toContain('docs/commands/db.md')
})

/** A project whose server is stopped when the test is over. */
function createProject(text = schema): string {
  const cwd = createFolder({ 'prisma/schema.prisma': text })
  chmodSync(cwd, 0o755)
  onTestFinished(async () => {
    await stopEmbeddedServer({ directory: join(cwd, '.tide') })
  })
  return cwd
}
