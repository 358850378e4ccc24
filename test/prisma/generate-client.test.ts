import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { generateClients } from '../../src/prisma/generate-client.ts'
import { createFolder } from '../support/files.ts'
import { failureOf } from '../support/failure.ts'

const datasource = 'datasource db {\n  provider = "postgresql"\n}\n'
const model = 'model User {\n  id   Int    @id\n  name String\n}\n'

describe('generateClients', () => {
  it('writes the client of each generator of Prisma where its schema file says', async () => {
    const folder = createFolder()
    // The client of that generator is found beside the project's packages.
    symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'))
    const files = [
      { path: join(folder, 'schema', 'db.prisma'), text: `${datasource}generator client {\n  provider = "prisma-client"\n  output   = "../client"\n}\n` },
      { path: join(folder, 'schema', 'models', 'user.prisma'), text: `${model}generator js {\n  provider = "prisma-client-js"\n  output   = "./js"\n}\n` },
    ]
    const clients = await generateClients(files, join(folder, 'schema'))
    expect(clients).toEqual([
      { generator: 'client', output: join(folder, 'client') },
      { generator: 'js', output: join(folder, 'schema', 'models', 'js') },
    ])
    expect(readFileSync(join(folder, 'client', 'models', 'User.ts'), 'utf8')).toContain('name: string')
    expect(readFileSync(join(folder, 'schema', 'models', 'js', 'index.d.ts'), 'utf8')).toContain('User')
  })

  it('writes it anew after an edit, also for a schema of Prisma 6', async () => {
    const folder = createFolder()
    const file = (text: string) => [{ path: join(folder, 'schema.prisma'), text }]
    const head = `datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\ngenerator client {\n  provider = "prisma-client"\n  output = "out"\n  previewFeatures = ["metrics"]\n}\n`
    await generateClients(file(head + model), join(folder, 'schema.prisma'))
    await generateClients(file(head + model.replace('name ', 'nick ')), join(folder, 'schema.prisma'))
    const written = readFileSync(join(folder, 'out', 'models', 'User.ts'), 'utf8')
    expect(written).toContain('nick: string')
    expect(written).not.toContain('name: string')
  })

  it('names the generators of others instead of running them, and a client without a place', async () => {
    const folder = createFolder()
    const text = `${datasource}${model}generator erd {\n  provider = "prisma-erd-generator"\n}\ngenerator client {\n  provider = "prisma-client"\n}\n`
    const clients = await generateClients([{ path: join(folder, 'schema.prisma'), text }], join(folder, 'schema.prisma'))
    expect(clients).toEqual([
      { generator: 'erd', output: undefined, skipped: 'the generator prisma-erd-generator is run by `npx prisma generate`' },
      { generator: 'client', output: undefined, skipped: 'it names no `output`, which Prisma 7 needs' },
    ])
  })

  it('writes nothing where the schema has no generator or is not valid', async () => {
    const folder = createFolder()
    const path = join(folder, 'schema.prisma')
    expect(await generateClients([{ path, text: datasource + model }], path)).toEqual([])
    const generator = 'generator client {\n  provider = "prisma-client"\n  output = "out"\n}\n'
    const failure = await failureOf(() => generateClients([{ path, text: `${datasource}${generator}model A {\n  id Nope @id\n}\n` }], path))
    expect(failure.code).toBe('PRISMA_SCHEMA_INVALID')
    expect(failure.details.where).toEqual({ file: path, line: 9 })
    expect(existsSync(join(folder, 'out'))).toBe(false)
  })

  it('names the generator that failed', async () => {
    const folder = createFolder({ out: 'a file where a folder is wanted' })
    const path = join(folder, 'schema.prisma')
    const text = `${datasource}${model}generator mine {\n  provider = "prisma-client"\n  output = "out"\n}\n`
    const failure = await failureOf(() => generateClients([{ path, text }], path))
    expect(failure.code).toBe('PRISMA_GENERATE_FAILED')
    expect(failure.message).toContain('"mine"')
  })
})
