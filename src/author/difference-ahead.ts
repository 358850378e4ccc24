import type { CatalogSource } from '../prisma/catalog-source.ts'
import { differenceScript } from '../prisma/engine.ts'
import { prepareSchema, type SchemaFile } from '../prisma/schema-text.ts'

/** A difference whose start is not known yet. */
export interface DifferenceAhead extends Disposable {
  readonly script: Promise<string>
  /** Says where it starts; the engine waits for it with its first question. */
  startFrom(catalog: CatalogSource): void
}

/**
 * Begins to compute the difference: the engine reads the schema in its thread while the history is read here.
 * Disposed of without a start, it is given up.
 * @param schemaName where unqualified names live
 */
export function differenceAhead(schema: readonly SchemaFile[], schemaName: string): DifferenceAhead {
  let give: (catalog: CatalogSource) => void = () => undefined
  let giveUp: (error: Error) => void = () => undefined
  const start = new Promise<CatalogSource>((resolve, reject) => {
    give = resolve
    giveUp = reject
  })
  const catalog: CatalogSource = { schemaName, query: async (query) => (await start).query(query) }
  const script = differenceScript({ kind: 'database', catalog }, prepareSchema(schema))
  // Whoever waits for them learns of a failure; where nobody does any more, it is nobody's.
  for (const promise of [start, script]) promise.catch(() => undefined)
  return {
    script,
    startFrom: give,
    [Symbol.dispose]: () => { giveUp(new Error('The difference is not wanted any more.')) },
  }
}
