import { quoteIdentifier } from '../../postgres/quote.ts'
import { splitName } from '../../postgres/catalog/names.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import { isRecord, namesIn, relationName } from './walk-tree.ts'

/**
 * The way back of an index that the script builds or drops CONCURRENTLY is CONCURRENTLY as well: where writers must not
 * wait on the way there, they must not on the way back.
 */
export function concurrently(
  statements: readonly string[],
  up: readonly Statement[],
  schema: string,
): readonly string[] {
  const names = concurrentIndexes(up, schema)
  if (names.size === 0) return statements
  return statements.map((sql) => {
    const [, drop, name = ''] = /^(DROP INDEX) (?!CONCURRENTLY)(.+)$/.exec(sql) ?? []
    if (drop !== undefined && names.has(splitName(name).join('.'))) return `DROP INDEX CONCURRENTLY ${name}`
    const [, create, index = '', rest = ''] = creation.exec(sql) ?? []
    const table = /^ON (?:ONLY )?((?:"(?:[^"]|"")*"|[^ ".]+)\.)/.exec(rest)?.[1] ?? `${quoteIdentifier(schema)}.`
    if (create === undefined || !names.has(splitName(`${table}${index}`).join('.'))) return sql
    return `${create} CONCURRENTLY ${index} ${rest}`
  })
}

const creation = /^(CREATE (?:UNIQUE )?INDEX) ("(?:[^"]|"")*"|[^ "]+) (ON [^]*)$/

/** `schema.index`, unquoted. */
function concurrentIndexes(up: readonly Statement[], schema: string): ReadonlySet<string> {
  return new Set(
    up.flatMap(({ node }) => {
      if ('IndexStmt' in node && node.IndexStmt.concurrent === true) {
        const table = relationName(node.IndexStmt.relation, schema)
        return [`${table.slice(0, table.indexOf('.'))}.${node.IndexStmt.idxname ?? ''}`]
      }
      if (!('DropStmt' in node) || node.DropStmt.concurrent !== true) return []
      return (node.DropStmt.objects ?? []).map((object: unknown) => {
        const parts = isRecord(object) && isRecord(object['List']) ? namesIn(object['List']['items']) : []
        return parts.length > 1 ? parts.join('.') : `${schema}.${parts[0] ?? ''}`
      })
    }),
  )
}
