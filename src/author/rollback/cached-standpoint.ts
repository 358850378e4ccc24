import type { Catalog } from '../../postgres/catalog/catalog.ts'
import {
  parseStructureFacts,
  readStructureFacts,
  serializeStructureFacts,
  type StructureFacts,
} from '../../postgres/catalog/structure-facts.ts'
import { withConnection } from '../../postgres/connect.ts'
import type { Standing } from './rollback.ts'

/** A place for texts that can be made again: files in `.tide/`. */
export interface TextCache {
  get(key: string): Promise<string | undefined>
  set(key: string, text: string): Promise<void>
}

interface Cache {
  readonly texts: TextCache
  readonly key: string
}

/** Raised when a question is added or answered otherwise: what was kept before is then read anew. */
const catalogVersion = 2

/** The catalog at the beginning of a migration, from the cache where it is there. */
export async function cachedCatalog(cache: Cache | undefined, read: () => Promise<Catalog>): Promise<Catalog> {
  if (cache === undefined) return read()
  const key = `${cache.key}.catalog-${String(catalogVersion)}.json`
  const text = await cache.texts.get(key)
  const kept = text === undefined ? undefined : parseCatalog(text)
  if (kept !== undefined) return kept
  const catalog = await read()
  await cache.texts.set(key, JSON.stringify(catalog))
  return catalog
}

/** The second reader's facts of the beginning: from the cache, else from a rehearsal of their own. */
export async function cachedFacts(
  cache: Cache | undefined,
  start: () => Promise<Standing>,
): Promise<StructureFacts> {
  const key = `${cache?.key ?? ''}.facts.txt`
  const text = await cache?.texts.get(key)
  const kept = text === undefined ? undefined : await parseStructureFacts(text)
  if (kept !== undefined) return kept
  const rehearsal = await start()
  try {
    const facts = await withConnection(rehearsal.url, readStructureFacts)
    await cache?.texts.set(key, await serializeStructureFacts(facts))
    return facts
  } finally {
    await rehearsal.drop()
  }
}

function parseCatalog(text: string): Catalog | undefined {
  try {
    const parsed = JSON.parse(text) as Catalog
    return Array.isArray(parsed.objects) ? parsed : undefined
  } catch {
    return undefined
  }
}
