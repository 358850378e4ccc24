import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/project/read-config.ts'
import { failureOf } from '../support/failure.ts'
import { createFolder } from '../support/files.ts'

const tide = (source: string, file = 'tide.config.ts') => readConfig(createFolder({ [file]: source }), {})

describe('tide.config', () => {
  it('may be missing, and every key of it', async () => {
    expect((await readConfig(createFolder(), {})).tide).toEqual({})
    expect((await tide('export default {}')).tide).toEqual({})
  })

  it('may say everything', async () => {
    const config = {
      schema: 'prisma/schema.prisma',
      migrations: 'prisma/migrations',
      environments: { dev: { embedded: true }, production: { urlVariable: 'PROD' }, qa: { url: 'postgresql://h/qa' } },
      rehearsal: { urlVariable: 'REHEARSAL', setup: 'CREATE SCHEMA auth;' },
      lockTimeout: 500,
      embedded: { port: 5433, directory: '.tide' },
    }
    expect((await tide(`export default ${JSON.stringify(config)} satisfies object`)).tide).toEqual(config)
  })

  it.each(['tide.config.js', 'tide.config.mjs', 'tide.config.mts', 'tide.config.cts'])('may be %s', async (file) => {
    expect((await tide('export default { lockTimeout: 5 }', file)).tide).toEqual({ lockTimeout: 5 })
  })

  it('may be CommonJS, a function, and import other modules', async () => {
    expect((await tide('module.exports = { lockTimeout: 5 }', 'tide.config.cjs')).tide).toEqual({ lockTimeout: 5 })
    expect((await tide('export default async () => ({ lockTimeout: 5 })')).tide).toEqual({ lockTimeout: 5 })
    const directory = createFolder({
      'tide.config.ts': `import { lockTimeout } from './other.ts'
        import { defineConfig } from 'prisma-tide'
        export default defineConfig({ lockTimeout, schema: undefined })`,
      'other.ts': 'export const lockTimeout: number = 7',
    })
    expect((await readConfig(directory, {})).tide).toEqual({ lockTimeout: 7 })
  })

  it.each([
    ['{ migration: "x" }', 'migration is no key of Tide; did you mean migrations?'],
    ['{ colour: "x" }', 'colour is no key of Tide'],
    ['{ environments: { prod: { urlVar: "x" } } }', 'environments.prod.urlVar is no key of Tide; did you mean urlVariable?'],
    ['{ rehearsal: { ulr: "x" } }', 'rehearsal.ulr is no key of Tide; did you mean url?'],
    ['{ environments: { prod: "postgresql://u:secret@h/x" } }', 'environments.prod must be an object, not text'],
    ['{ schema: 5 }', 'schema must be text, not a number'],
    ['{ schema: "" }', 'schema is empty'],
    ['{ lockTimeout: "5s" }', 'lockTimeout must be a number, not text'],
    ['{ lockTimeout: 0 }', 'lockTimeout must be at least 1'],
    ['{ lockTimeout: 1.5 }', 'lockTimeout must be a whole number'],
    ['{ embedded: { port: 70000 } }', 'embedded.port must be at most 65535'],
    ['{ environments: { a: { url: "x", urlVariable: "y" } } }', 'environments.a says both url and urlVariable; keep one'],
    ['{ environments: { a: { embedded: true, url: "x" } } }', 'environments.a says embedded and a URL; keep one'],
    ['[]', 'the default export must be an object, not a list'],
    ['null', 'the default export must be an object, not null'],
    ['{ schema: 5, colour: 1 }', 'schema must be text, not a number; colour is no key of Tide'],
  ])('%s is refused with the key and the file', async (source, problem) => {
    const failure = await failureOf(() => tide(`export default ${source}`))
    expect(failure.code).toBe('PROJECT_CONFIG_INVALID')
    expect(failure.message).toBe(`tide.config.ts cannot be used: ${problem}.`)
    expect(JSON.stringify(failure.details)).not.toContain('secret')
  })

  it.each([
    ['does not compile', 'export default {'],
    ['throws', 'throw new TypeError("no postgresql://u:secret@h/x here")'],
    ['imports what is not there', 'import "./nowhere.ts"'],
  ])('that %s is refused with the file', async (_, source) => {
    const failure = await failureOf(() => tide(source))
    expect(failure.code).toBe('PROJECT_CONFIG_UNREADABLE')
    expect(failure.details.where?.file).toMatch(/tide\.config\.ts$/)
    expect(JSON.stringify(failure.details)).not.toContain('secret')
  })

  it('sees the variables that are handed in, and leaves those of the process alone', async () => {
    const before = { ...process.env }
    const directory = createFolder({
      'tide.config.ts': `process.env.SET_BY_CONFIG = 'later'
        export default { schema: [process.env.GIVEN, process.env.PATH].join() }`,
    })
    const { tide: config, variables } = await readConfig(directory, { GIVEN: 'given' })
    expect(config).toEqual({ schema: 'given,' })
    expect(variables).toMatchObject({ GIVEN: 'given', SET_BY_CONFIG: 'later' })
    expect({ ...process.env }).toEqual(before)
  })

  it('keeps variables apart where two are read at once', async () => {
    const source = `await new Promise((resolve) => setImmediate(resolve))
      export default { schema: process.env.NAME }`
    const read = (NAME: string) => readConfig(createFolder({ 'tide.config.ts': source }), { NAME })
    const configs = await Promise.all([read('a'), read('b'), read('c')])
    expect(configs.map((config) => config.tide.schema)).toEqual(['a', 'b', 'c'])
  })

  it('is read anew after a change, though it is kept compiled where git does not look', async () => {
    const directory = createFolder({ 'tide.config.ts': 'export default { lockTimeout: 1 as number }' })
    expect((await readConfig(directory, {})).tide.lockTimeout).toBe(1)
    expect(existsSync(join(directory, '.tide', 'cache', 'config'))).toBe(true)
    expect(readFileSync(join(directory, '.tide', '.gitignore'), 'utf8')).toBe('*\n')
    const { writeFileSync } = await import('node:fs')
    writeFileSync(join(directory, 'tide.config.ts'), 'export default { lockTimeout: 2 as number }')
    expect((await readConfig(directory, {})).tide.lockTimeout).toBe(2)
  })
})

describe('prisma.config', () => {
  it('is read with the functions of prisma/config', async () => {
    const directory = createFolder({
      'prisma.config.ts': `import 'dotenv/config'
        import { defineConfig, env } from 'prisma/config'
        type Env = { DB: string }
        export default defineConfig({
          schema: 'prisma/schema.prisma',
          migrations: { path: 'prisma/migrations', seed: 'tsx prisma/seed.ts' },
          datasource: { url: env<Env>('DB'), shadowDatabaseUrl: process.env.SHADOW },
          typedSql: { path: 'sql' },
        })`,
    })
    expect((await readConfig(directory, { DB: 'postgresql://h/db' })).prisma).toEqual({
      path: join(directory, 'prisma.config.ts'),
      file: 'prisma.config.ts',
      schema: 'prisma/schema.prisma',
      migrations: { path: 'prisma/migrations', seed: 'tsx prisma/seed.ts' },
      datasource: { url: 'postgresql://h/db' },
    })
  })

  it('hands on the variables of an .env file that it reads itself', async () => {
    const directory = createFolder({
      'prisma.config.cjs': `process.loadEnvFile(require('node:path').join(__dirname, 'secrets.env'))
        module.exports = { schema: 'x' }`,
      'secrets.env': 'FROM_FILE=yes',
      'tide.config.ts': 'export default { schema: process.env.FROM_FILE }',
    })
    expect((await readConfig(directory, {})).tide).toEqual({ schema: 'yes' })
  })

  it('is refused with the key where one that Tide needs is wrong', async () => {
    const directory = createFolder({ 'prisma.config.ts': 'export default { migrations: { path: 5 } }' })
    const failure = await failureOf(() => readConfig(directory, {}))
    expect(failure.message).toBe('prisma.config.ts cannot be used: migrations.path must be text.')
  })
})
