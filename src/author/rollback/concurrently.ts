import { quoteIdentifier } from '../../postgres/quote.ts'
import { ownerOfName, sayName, spokenName } from '../../postgres/catalog/names.ts'
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
    if (drop !== undefined && names.has(sayName(name))) return `DROP INDEX CONCURRENTLY ${name}`
    const [, create, index = '', rest = ''] = creation.exec(sql) ?? []
    const table = /^ON (?:ONLY )?((?:"(?:[^"]|"")*"|[^ ".]+)\.)/.exec(rest)?.[1] ?? `${quoteIdentifier(schema)}.`
    if (create === undefined || !names.has(sayName(`${table}${index}`))) return sql
    return `${create} CONCURRENTLY ${index} ${rest}`
  })
}

const creation = /^(CREATE (?:UNIQUE )?INDEX) ("(?:[^"]|"")*"|[^ "]+) (ON [^]*)$/

/** `schema.index`, as people say it. */
function concurrentIndexes(up: readonly Statement[], schema: string): ReadonlySet<string> {
  return new Set(
    up.flatMap(({ node }) => {
      if ('IndexStmt' in node && node.IndexStmt.concurrent === true) {
        const table = relationName(node.IndexStmt.relation, schema)
        return [`${ownerOfName(table)}.${spokenName([node.IndexStmt.idxname ?? ''])}`]
      }
      if (!('DropStmt' in node) || node.DropStmt.concurrent !== true) return []
      return (node.DropStmt.objects ?? []).map((object: unknown) => {
        const parts = isRecord(object) && isRecord(object['List']) ? namesIn(object['List']['items']) : []
        return spokenName(parts.length > 1 ? parts : [schema, ...parts])
      })
    }),
  )
}
