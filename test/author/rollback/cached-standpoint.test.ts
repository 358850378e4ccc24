import { expect, it } from 'vitest'
import { cachedCatalog, cachedFacts, type TextCache } from '../../../src/author/rollback/cached-standpoint.ts'
import type { Catalog } from '../../../src/postgres/catalog/catalog.ts'
import { databaseAt } from '../../support/rollbacks.ts'

function memory(): TextCache & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>()
  return {
    texts,
    get: (key) => Promise.resolve(texts.get(key)),
    set: (key, text) => Promise.resolve(void texts.set(key, text)),
  }
}

const catalog: Catalog = { objects: [{ kind: 'schema', name: 'public', definition: { owner: null } }] }

it('reads a catalog once for each key, and again where the text is damaged', async () => {
  const texts = memory()
  let reads = 0
  const read = (): Promise<Catalog> => Promise.resolve(catalog).finally(() => reads++)
  expect(await cachedCatalog({ texts, key: 'a' }, read)).toEqual(catalog)
  expect(await cachedCatalog({ texts, key: 'a' }, read)).toEqual(catalog)
  expect(reads).toBe(1)
  await cachedCatalog({ texts, key: 'b' }, read)
  expect(reads).toBe(2)
  for (const key of texts.texts.keys()) texts.texts.set(key, '{"obj')
  await cachedCatalog({ texts, key: 'a' }, read)
  expect(reads).toBe(3)
})

it('keeps the facts of the second reader as text, and reads them again where it is damaged', async () => {
  const texts = memory()
  let starts = 0
  const start = (): ReturnType<typeof databaseAt> => databaseAt('CREATE TABLE t (id int)').finally(() => starts++)
  const read = await cachedFacts({ texts, key: 'a' }, start)
  const kept = await cachedFacts({ texts, key: 'a' }, start)
  expect(kept.base.rootHash).toBe(read.base.rootHash)
  expect(kept.role).toBe(read.role)
  expect(starts).toBe(1)
  for (const key of texts.texts.keys()) texts.texts.set(key, 'postgres\n{}')
  await cachedFacts({ texts, key: 'a' }, start)
  expect(starts).toBe(2)
})
