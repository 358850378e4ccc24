import { createHash } from 'node:crypto'
import type { CatalogSource } from '../prisma/catalog-source.ts'
import { differenceScript } from '../prisma/engine.ts'
import { prepareSchema, type SchemaFile } from '../prisma/schema-text.ts'
import type { FileCache } from '../project/file-cache.ts'

/** What is known of whether a history's end agrees with the schema of its last migration. */
export interface InStep extends AsyncDisposable {
  /** That schema, where Prisma's engine is known to find no difference: nothing by hand that it does not know. */
  readonly schema: readonly SchemaFile[] | undefined
  /**
   * Finds it out, beside other work, where nobody looked yet, and keeps it: the next edit of a few columns is then told
   * from that schema. Disposing waits for the answer.
   */
  learn(catalog: CatalogSource): void
}

/**
 * @param key the history's prefix
 * @param previous the schema as of the last migration, where that is known
 */
export async function readInStep(
  cache: FileCache,
  key: string,
  previous: readonly SchemaFile[] | undefined,
): Promise<InStep> {
  if (previous === undefined) return known(undefined)
  const name = `${key}.in-step.txt`
  const hash = createHash('sha256').update(JSON.stringify(previous)).digest('hex')
  const [kept, answer] = ((await cache.get(name)) ?? '').split(' ')
  if (kept === hash) return known(answer === 'yes' ? previous : undefined)
  const find = async (catalog: CatalogSource): Promise<void> => {
    const script = await differenceScript({ kind: 'database', catalog }, prepareSchema(previous))
    await cache.set(name, `${hash} ${script === '' ? 'yes' : 'no'}`)
  }
  let found = Promise.resolve()
  return {
    schema: undefined,
    learn: (catalog) => {
      // An old schema may be one that this engine refuses; then nothing is known, as before.
      found = find(catalog).catch(() => undefined)
    },
    [Symbol.asyncDispose]: () => found,
  }
}

function known(schema: InStep['schema']): InStep {
  return { schema, learn: () => undefined, [Symbol.asyncDispose]: () => Promise.resolve() }
}
