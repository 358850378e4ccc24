import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { revealUrl } from '../../src/postgres/database-url.ts'
import { openProject, type Project } from '../../src/project/open-project.ts'
import { corporaReason, corpusFolder, corpusNames } from '../support/corpora.ts'
import { failureOf } from '../support/failure.ts'
import { createFolder } from '../support/files.ts'

const schema = 'datasource db {\n  provider = "postgresql"\n}\n'
const schemaWith = (line: string): string => `datasource db {\n  provider = "postgresql"\n  ${line}\n}\n`

async function open(
  files: Readonly<Record<string, string>>,
  options: { environment?: string; variables?: Readonly<Record<string, string>> } = {},
): Promise<Project> {
  return openProject({ directory: createFolder(files), variables: {}, ...options })
}

describe('a schema', () => {
  it.each([
    ['schema.prisma', 'schema.prisma', 'migrations', {}],
    ['prisma/schema.prisma', 'prisma/schema.prisma', 'prisma/migrations', {}],
    ['prisma/schema/main.prisma', 'prisma/schema', 'prisma/schema/migrations', {}],
    ['prisma/schema/main.prisma', 'prisma/schema', 'prisma/migrations', { 'prisma/migrations/1/migration.sql': '' }],
    ['db/a.prisma', 'db/a.prisma', 'db/migrations', { 'package.json': '{"prisma":{"schema":"./db/a.prisma"}}' }],
    ['db/main.prisma', 'db', 'db/migrations', { 'prisma.config.ts': 'export default { schema: "db" }' }],
    [
      'db/main.prisma',
      'db',
      'sql',
      { '.config/prisma.mjs': 'export default { schema: "../db", migrations: { path: "../sql" } }' },
    ],
    [
      'a b/é.prisma',
      'a b/é.prisma',
      'hist',
      {
        'prisma.config.ts': 'export default { schema: "wrong" }',
        'tide.config.js': 'export default { schema: "a b/é.prisma", migrations: "hist" }',
      },
    ],
  ])('at %s is found', async (file, root, migrations, others) => {
    const project = await open({ [file]: schema, ...others })
    expect(project.schema).toEqual({
      root: join(project.directory, root),
      files: [{ path: join(project.directory, file), text: schema }],
      provider: 'postgresql',
      schemas: [],
    })
    expect(project.migrationsDirectory).toBe(join(project.directory, migrations))
  })

  it('in a folder is every file below it but those of the history', async () => {
    const project = await open({
      'prisma.config.ts': 'export default { schema: "prisma" }',
      'prisma/models/user.prisma': 'model User { id Int @id }',
      'prisma/base.prisma': schemaWith('schemas = ["public", "audit"]'),
      'prisma/migrations/1/schema.prisma': 'datasource old {}',
      'prisma/notes.txt': '',
    })
    expect(project.schema.files.map((file) => file.path.slice(project.directory.length))).toEqual([
      '/prisma/base.prisma',
      '/prisma/models/user.prisma',
    ])
    expect(project.schema.schemas).toEqual(['public', 'audit'])
  })

  it.each([
    ['is nowhere', 'PROJECT_SCHEMA_NOT_FOUND', {}, 'tide init'],
    ['is named and missing', 'PROJECT_SCHEMA_MISSING', { 'prisma.config.ts': 'export default { schema: "x" }' }, 'prisma.config.ts'],
    ['is an empty folder', 'PROJECT_SCHEMA_MISSING', { 'tide.config.ts': 'export default { schema: "x" }', 'x/': '' }, 'tide.config.ts'],
    ['has no datasource', 'PROJECT_DATASOURCE_MISSING', { 'schema.prisma': '// datasource db {}\n' }, 'db {\n    provider = "postgresql"\n  }'],
    ['is for another database', 'PROJECT_PROVIDER_UNSUPPORTED', { 'schema.prisma': 'datasource db {\n  provider = "mysql"\n}' }, 'postgresql'],
    ['is not UTF-8', 'PROJECT_FILE_UNREADABLE', { 'schema.prisma': Buffer.of(0xe9) as unknown as string }, 'UTF-8'],
  ])('that %s is a failure with a way out', async (_, code, files, fix) => {
    const failure = await failureOf(() => open(files))
    expect(failure.code).toBe(code)
    expect(failure.details.fix).toContain(fix)
  })

  it('names the place of a provider that is not supported', async () => {
    const failure = await failureOf(() => open({ 'schema.prisma': '\ndatasource db {\n  provider = "mysql"\n}' }))
    expect(failure.message).toContain('"mysql"')
    expect(failure.details.where?.line).toBe(3)
  })
})

describe('the database of dev', () => {
  it('is the embedded one where nothing names a URL', async () => {
    expect((await open({ 'schema.prisma': schema })).database).toEqual({ kind: 'embedded', name: 'dev' })
  })

  it.each([
    ['a literal in the schema', { 'schema.prisma': schemaWith('url = "postgresql://u:p@h/lit"') }, {}, 'lit'],
    ['a variable in the schema', { 'schema.prisma': schemaWith('url = env("DB")') }, { DB: 'postgresql://u:p@h/v' }, 'v'],
    [
      'directUrl before url',
      { 'schema.prisma': schemaWith('url = env("DB")\n  directUrl = env("DIRECT")') },
      { DB: 'postgresql://u:p@h/pool', DIRECT: 'postgresql://u:p@h/direct' },
      'direct',
    ],
    [
      'url where the variable of directUrl is not set',
      { 'schema.prisma': schemaWith('url = env("DB")\n  directUrl = env("DIRECT")') },
      { DB: 'postgresql://u:p@h/pool' },
      'pool',
    ],
    ['.env', { 'schema.prisma': schemaWith('url = env("DB")'), '.env': 'DB="postgresql://u:p@h/file" # x' }, {}, 'file'],
    [
      'prisma/.env, with another variable in the value',
      { 'prisma/schema.prisma': schemaWith('url = env("DB")'), 'prisma/.env': 'NAME=expanded\nDB=postgresql://u:p@h/${NAME}' },
      {},
      'expanded',
    ],
    [
      'a real variable before .env',
      { 'schema.prisma': schemaWith('url = env("DB")'), '.env': 'DB=postgresql://u:p@h/file' },
      { DB: 'postgresql://u:p@h/real' },
      'real',
    ],
    [
      'prisma.config.ts before the schema',
      {
        'schema.prisma': schemaWith('url = "postgresql://u:p@h/lit"'),
        'prisma.config.ts': `import 'dotenv/config'
          import { defineConfig, env } from 'prisma/config'
          export default defineConfig({ datasource: { url: env('DB') as string } })`,
        '.env': 'DB=postgresql://u:p@h/configured',
      },
      {},
      'configured',
    ],
    [
      'process.env in prisma.config.ts',
      {
        'schema.prisma': schema,
        'prisma.config.ts': 'export default { datasource: { url: process.env["DB"] + "?schema=app" } }',
      },
      { DB: 'postgresql://u:p@h/process' },
      'process',
    ],
    [
      'tide.config.ts before all others',
      {
        'schema.prisma': schemaWith('url = "postgresql://u:p@h/lit"'),
        'tide.config.ts': `import { defineConfig } from 'prisma-tide'
          export default defineConfig({ environments: { dev: { urlVariable: 'TIDE_DB' } } })`,
      },
      { TIDE_DB: 'postgresql://u:p@h/tide' },
      'tide',
    ],
    [
      'an environment that says nothing falls through',
      {
        'schema.prisma': schemaWith('url = "postgresql://u:p@h/lit"'),
        'tide.config.ts': 'export default { environments: { dev: {} } }',
      },
      {},
      'lit',
    ],
  ])('is named by %s', async (_, files, variables, database) => {
    const project = await open(files, { variables })
    expect(project.database).toMatchObject({ kind: 'url', url: { database } })
  })

  it('keeps the password to itself', async () => {
    const project = await open({ 'schema.prisma': schemaWith('url = "postgresql://u:secret@h/db"') })
    expect(JSON.stringify(project.database)).not.toContain('secret')
    expect(project.database.kind === 'url' && revealUrl(project.database.url)).toContain('secret')
  })

  it.each([
    ['env() in the schema', { 'schema.prisma': schemaWith('url = env("DB")') }, 'DB'],
    [
      'env() in prisma.config.ts',
      {
        'schema.prisma': schema,
        'prisma.config.ts': `import { env } from 'prisma/config'
          export default { datasource: { url: env('DB') + '?schema=x' } }`,
      },
      'DB',
    ],
    ['process.env', { 'schema.prisma': schema, 'prisma.config.ts': 'export default { datasource: { url: process.env.DB } }' }, undefined],
    [
      'urlVariable',
      { 'schema.prisma': schema, 'tide.config.ts': 'export default { environments: { dev: { urlVariable: "DB" } } }' },
      'DB',
    ],
  ])('is not guessed where a variable is named and unset: %s', async (_, files, variable) => {
    expect((await open(files)).database).toMatchObject({ kind: 'unset', variable })
  })

  it('can be the embedded one by word', async () => {
    const project = await open({
      'schema.prisma': schemaWith('url = env("DB")'),
      'tide.config.ts': 'export default { environments: { dev: { embedded: true } } }',
    })
    expect(project.database).toEqual({ kind: 'embedded', name: 'dev' })
  })
})

describe('another environment', () => {
  const files = {
    'schema.prisma': schemaWith('url = "postgresql://u:p@h/dev"'),
    'tide.config.ts': `export default { environments: {
      production: { urlVariable: 'PROD' }, ci: { embedded: true }, qa: {}, broken: { url: 'mysql://u:secret@h/x' },
    } }`,
  }

  it('has the database that tide.config.ts gives it', async () => {
    const variables = { PROD: 'postgresql://u:p@h/prod' }
    const production = await open(files, { environment: 'production', variables })
    expect(production.database).toMatchObject({ kind: 'url', url: { database: 'prod' } })
    expect((await open(files, { environment: 'ci' })).database).toEqual({ kind: 'embedded', name: 'ci' })
  })

  it.each([
    ['qa', 'PROJECT_ENVIRONMENT_NO_URL', 'environments.qa'],
    ['produktion', 'PROJECT_ENVIRONMENT_UNKNOWN', 'Did you mean production?'],
    ['toString', 'PROJECT_ENVIRONMENT_UNKNOWN', 'environments: { "toString"'],
  ])('%s is a failure with a way out', async (environment, code, fix) => {
    const failure = await failureOf(() => open(files, { environment }))
    expect(failure.code).toBe(code)
    expect(failure.details.fix).toContain(fix)
  })

  it('is refused with the known ones listed', async () => {
    const failure = await failureOf(() => open(files, { environment: 'x' }))
    expect(failure.details.why).toBe('The environments are dev, production, ci, qa, broken.')
  })

  it('never shows the password of a URL that is wrong', async () => {
    const failure = await failureOf(() => open(files, { environment: 'broken' }))
    expect(failure.code).toBe('POSTGRES_URL_INVALID')
    expect(JSON.stringify([failure.message, failure.details])).not.toContain('secret')
  })
})

describe('rehearsals', () => {
  it('are made on the embedded server, or where tide.config.ts says', async () => {
    expect((await open({ 'schema.prisma': schema })).rehearsal).toEqual({ kind: 'embedded' })
    const named = await open({
      'schema.prisma': schema,
      'tide.config.ts': 'export default { rehearsal: { url: "postgresql://u:p@h/postgres", setup: "CREATE SCHEMA auth;" } }',
    })
    expect(named.rehearsal).toMatchObject({ kind: 'url', url: { host: 'h' } })
    expect(named.rehearsalSetup).toBe('CREATE SCHEMA auth;')
  })

  it('begin with the SQL that prisma.config.ts gives the shadow database', async () => {
    const project = await open({
      'schema.prisma': schema,
      'prisma.config.ts':
        'export default { experimental: { externalTables: true }, migrations: { initShadowDb: "CREATE TABLE x ();", seed: "node s" } }',
    })
    expect(project).toMatchObject({ rehearsalSetup: 'CREATE TABLE x ();', prismaSeed: 'node s' })
  })
})

it('refuses a folder that does not exist', async () => {
  const directory = join(createFolder(), 'nowhere')
  expect((await failureOf(() => openProject({ directory, variables: {} }))).code).toBe('PROJECT_DIRECTORY_MISSING')
})

describe.skipIf(corpusNames.length === 0)(`real projects (skipped where ${corporaReason})`, () => {
  it.each(corpusNames)('%s opens', async (name) => {
    const project = await openProject({ directory: corpusFolder(name), variables: {} })
    expect(project.schema.provider).toBe('postgresql')
    expect(project.migrationsDirectory).toBe(join(project.directory, 'prisma', 'migrations'))
    expect(['embedded', 'unset']).toContain(project.database.kind)
  })
})
