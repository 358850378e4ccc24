import { readSchemaBlocks } from '../../src/prisma/schema-blocks.ts'
import type { Pair } from './pair.ts'

/**
 * The pair with the `@id` of views taken out of its schemas: an old preview feature allowed it, Prisma 6.19 and 7
 * reject the whole schema for it, and no migration depends on it.
 */
export function withoutViewKeys(pair: Pair): Pair {
  return { ...pair, before: cutKeys(pair.before), after: cutKeys(pair.after) }
}

function cutKeys(text: string): string {
  return readSchemaBlocks(text)
    .filter((block) => block.keyword === 'view')
    .reduceRight((rest, block) => {
      const body = text.slice(block.start, block.end).replaceAll(/@id\b|@default\(cuid\(\)\)/g, '')
      return rest.slice(0, block.start) + body + rest.slice(block.end)
    }, text)
}
