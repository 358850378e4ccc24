import { expect, onTestFinished, test } from 'vitest'
import { type InStep, readInStep } from '../../src/author/in-step.ts'
import { connect } from '../../src/postgres/connect.ts'
import { type CatalogSource, liveCatalog } from '../../src/prisma/catalog-source.ts'
import { createFileCache } from '../../src/project/file-cache.ts'
import { createFolder } from '../support/files.ts'
import { createSchemaDatabase, schemaOf } from '../support/schema-edit.ts'

const models = 'model Tag {\n  id Int @id\n}\n'
const schema = schemaOf(models)
const gone: CatalogSource = { schemaName: 'public', query: () => Promise.reject(new RangeError('gone')) }
const newCache = () => createFileCache(createFolder({}))

async function learn(inStep: InStep, catalog: CatalogSource): Promise<void> {
  inStep.learn(catalog)
  await inStep[Symbol.asyncDispose]()
}

async function catalogOf(byHand = ''): Promise<CatalogSource> {
  const connection = await connect(await createSchemaDatabase(models, byHand))
  onTestFinished(() => connection.end())
  return liveCatalog(connection, 'public')
}

test('learns that they agree, and tells the next command', async () => {
  const cache = newCache()
  const first = await readInStep(cache, 'key', schema)
  expect(first.schema).toBeUndefined()
  await learn(first, await catalogOf())
  expect((await readInStep(cache, 'key', schema)).schema).toBe(schema)
})

test('knows it for that history and that schema alone', async () => {
  const cache = newCache()
  await learn(await readInStep(cache, 'key', schema), await catalogOf())
  expect((await readInStep(cache, 'other', schema)).schema).toBeUndefined()
  expect((await readInStep(cache, 'key', schemaOf(`${models}\n`))).schema).toBeUndefined()
})

test('remembers that they do not agree, and does not look again', async () => {
  const cache = newCache()
  await learn(await readInStep(cache, 'key', schema), await catalogOf('CREATE INDEX by_hand ON "Tag" (id)'))
  const again = await readInStep(cache, 'key', schema)
  expect(again.schema).toBeUndefined()
  const asked: string[] = []
  await learn(again, { ...gone, query: (query) => Promise.reject(new RangeError(String(asked.push(query.sql)))) })
  expect(asked).toEqual([])
})

test('keeps nothing of what could not be found out, or of a schema that nobody knows', async () => {
  const cache = newCache()
  await learn(await readInStep(cache, 'key', schema), gone)
  await learn(await readInStep(cache, 'key', schemaOf('model')), await catalogOf())
  expect(await cache.get('key.in-step.txt')).toBeUndefined()
  const unknown = await readInStep(cache, 'key', undefined)
  await learn(unknown, gone)
  expect(unknown.schema).toBeUndefined()
})
