import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { revealUrl } from '../../src/postgres/database-url.ts'
import { stopEmbeddedServer } from '../../src/postgres/embedded/stop-server.ts'
import { openProject } from '../../src/project/open-project.ts'
import { embeddedDirectory, resolveDatabase, resolveRehearsals } from '../../src/project/servers.ts'
import { testServer } from '../support/database.ts'
import { failureOf } from '../support/failure.ts'
import { createFolder } from '../support/files.ts'

const schema = 'datasource db {\n  provider = "postgresql"\n}\n'

function project(config: string, variables: Readonly<Record<string, string>> = {}, environment?: string) {
  const directory = createFolder({ 'schema.prisma': schema, 'tide.config.ts': `export default ${config}` })
  return openProject({ directory, variables, environment })
}

it('starts the embedded server, creates the database and makes rehearsals there', { timeout: 60_000 }, async () => {
  const opened = await project('{ embedded: { directory: "elsewhere é" } }')
  onTestFinished(async () => {
    await stopEmbeddedServer({ directory: embeddedDirectory(opened) })
  })
  const stages: string[] = []
  const report = (event: { stage: string }): void => void stages.push(event.stage)
  const [url, again] = await Promise.all([resolveDatabase(opened, { report }), resolveDatabase(opened, { report })])
  expect(stages.length).toBeGreaterThan(0)
  expect(url.database).toBe('dev')
  expect(revealUrl(again)).toBe(revealUrl(url))
  await withConnection(url, (connection) => connection.query('SELECT 1'))
  expect(existsSync(join(opened.directory, 'elsewhere é', 'postgres'))).toBe(true)
  expect(existsSync(join(opened.directory, '.tide', '.gitignore'))).toBe(true)

  await using rehearsals = await resolveRehearsals(opened)
  await using rehearsal = await rehearsals.clone(undefined)
  expect(rehearsal.url.port).toBe(url.port)
})

it('uses a server that is named as it stands', async () => {
  const opened = await project(
    '{ environments: { qa: { urlVariable: "QA" } }, rehearsal: { urlVariable: "REHEARSAL" } }',
    { QA: 'postgresql://nobody@127.0.0.1:1/qa?schema=app', REHEARSAL: revealUrl(testServer()) },
    'qa',
  )
  expect(await resolveDatabase(opened)).toMatchObject({ port: 1, database: 'qa' })
  await using rehearsals = await resolveRehearsals(opened)
  await using rehearsal = await rehearsals.clone(undefined)
  expect(rehearsal.url).toMatchObject({ port: testServer().port, schema: 'app' })
  await rehearsals.clear()
})

it('names the variable that is not set, where it is named, and the way out', async () => {
  const opened = await project('{ environments: { dev: { urlVariable: "DB" } }, rehearsal: { urlVariable: "R" } }')
  const failure = await failureOf(() => resolveDatabase(opened))
  expect(failure.code).toBe('PROJECT_VARIABLE_UNSET')
  expect(failure.message).toBe('The variable DB is not set.')
  expect(failure.details.why).toContain('environments.dev.urlVariable in tide.config.ts')
  expect(failure.details.fix).toContain('environments: { dev: { embedded: true } }')
  const other = await failureOf(() => resolveRehearsals(opened))
  expect(other.message).toBe('The variable R is not set.')
  expect(other.details.fix).not.toContain('embedded')
})
