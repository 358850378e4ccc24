import type { CatalogSource } from '../prisma/catalog-source.ts'
import { differenceScript } from '../prisma/engine.ts'
import { readLocalEdit } from '../prisma/local-edit.ts'
import { prepareSchema, type SchemaFile } from '../prisma/schema-text.ts'

/** The difference between where a history ends and a schema, while it is computed. */
export interface DifferenceAhead {
  /** Prisma's SQL; '' where nothing differs. */
  readonly script: Promise<string>
  /**
   * Ends when the whole schema was checked, and fails as `script` would: that may have looked at a part only, and been
   * there earlier. Nothing may be told or written before.
   */
  readonly checked: Promise<unknown>
}

/**
 * Begins to compute the difference, in the engine's thread.
 * @param catalog of the history's end
 * @param inStep a schema that the history's end is known to agree with: an edit of some columns is then told from it
 */
export function differenceAhead(
  schema: readonly SchemaFile[],
  catalog: CatalogSource,
  inStep: readonly SchemaFile[] | undefined,
): DifferenceAhead {
  const now = prepareSchema(schema)
  const edit = inStep === undefined ? undefined : readLocalEdit(prepareSchema(inStep), now)
  const begun = edit === undefined ? fromCatalog() : fromEdit(edit.before, edit.after)
  // Whoever waits for them learns of a failure; where nobody does any more, it is nobody's.
  for (const promise of [begun.script, begun.checked]) promise.catch(() => undefined)
  return begun

  function fromCatalog(): DifferenceAhead {
    const script = differenceScript({ kind: 'database', catalog }, now)
    return { script, checked: script }
  }

  function fromEdit(before: typeof now, after: typeof now): DifferenceAhead {
    const script = differenceScript({ kind: 'schema', schema: before }, after)
    // Asked for second, so that the script is not kept waiting.
    const checked = differenceScript({ kind: 'nothing' }, now)
    return { script, checked }
  }
}
