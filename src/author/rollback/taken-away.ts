import type { Catalog } from '../../postgres/catalog/catalog.ts'
import type { Identity } from '../../postgres/catalog/identities.ts'
import { ownerOfName, sayName } from '../../postgres/catalog/names.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import { readArchives } from '../archive/read-archives.ts'
import { retypedColumns } from './casts.ts'
import { convertedColumns } from './converted-columns.ts'
import { keepsEveryValue, keepsWhatComesThrough } from './lossless-types.ts'
import { findLostObjects, plainName } from './lost-objects.ts'
import { originalNames } from './original-names.ts'
import { keptNames, knownArchives } from './restore/archived-table.ts'
import { rowChanges } from './row-changes.ts'

/** Rows or values that a script takes away, by its own statements: whether they come back is for rows to show. */
export interface TakenAway {
  /** With a table or column, into a type that does not tell every value, or where it stands. */
  readonly how: 'dropped' | 'converted' | 'changed'
  /** `schema.table` or `schema.table.column`, as people say it, by the names from before the script. */
  readonly object: string
  /** What the script did, in the words of a `down.sql`. */
  readonly reason: string
}

/** Where a database stands, as far as rows and values have names. */
interface Place {
  readonly catalog: Catalog
  readonly identities: readonly Identity[]
}

/**
 * What a script takes away, whatever rows there were. What it archives is not among it, nor rows that it adds: these
 * are seen.
 */
export function takenAway(
  statements: readonly Statement[],
  { schema, before, after }: { readonly schema: string; readonly before: Place; readonly after: Place },
): readonly TakenAway[] {
  const kept = keptNames(knownArchives(readArchives(statements, schema), before.catalog), before.catalog)
  const isIn = (names: ReadonlySet<string>, object: string): boolean =>
    names.has(object) || names.has(ownerOfName(object))
  const gone = dropped(before, after)
  const goneNames = new Set(gone.map(({ object }) => object))
  const staying = [...converted(statements, schema, before, after), ...changed(statements, schema, before, after)]
  const found = [...gone, ...staying.filter(({ object }) => !isIn(goneNames, object))]
  return found.filter(({ object }) => !isIn(kept, object))
}

/** What objects were called before a script, by the names that they have after it; all as people say them. */
export function namesBefore(before: readonly Identity[], after: readonly Identity[]): ReadonlyMap<string, string> {
  return originalNames(before, after)
}

/** True where any statement may take rows or values away: of others there is nothing to ask. */
export function mayTakeAway(statements: readonly Statement[]): boolean {
  const words = /\b(drop|type|update|delete|merge|truncate)\b/i
  return statements.some(({ kind, text }) => takers.has(kind) || words.test(text))
}

const takers: ReadonlySet<string> = new Set(['DropStmt', 'DropOwnedStmt', 'DoStmt', 'CallStmt', 'SelectStmt'])

function dropped(before: Place, after: Place): readonly TakenAway[] {
  const lost = findLostObjects(before.identities, after.identities)
  return [
    ...lost.tables.map((object) => ({ how: 'dropped' as const, object, reason: `rows of ${object} are not kept` })),
    ...lost.columns.map((object) => ({ how: 'dropped' as const, object, reason: `values of ${object} are not kept` })),
  ]
}

function converted(
  statements: readonly Statement[],
  schema: string,
  before: Place,
  after: Place,
): readonly TakenAway[] {
  const names = originalNames(before.identities, after.identities)
  const converted = [...convertedColumns(statements, schema)]
  const conversions = new Map(converted.map(([name, how]) => [names.get(name) ?? name, how]))
  return retypedColumns(after.catalog, before.catalog).flatMap(({ name, from: to, to: from }): readonly TakenAway[] => {
    const object = sayName(name)
    const how = conversions.get(object)?.how
    // Without a conversion it is the type that is called otherwise.
    if (how === undefined) return []
    const isTold = how === 'computed' ? keepsEveryValue(from, to) : keepsWhatComesThrough(from, to, how)
    if (isTold) return []
    return [{ how: 'converted', object, reason: `values of ${object} were converted and may have lost something` }]
  })
}

function changed(statements: readonly Statement[], schema: string, before: Place, after: Place): readonly TakenAway[] {
  const there = new Set(before.identities.map(plainName))
  const names = originalNames(before.identities, after.identities)
  const reasons = rowChanges(statements, {
    schema,
    wasThere: (name) => there.has(name),
    nameBefore: (name) => names.get(name) ?? name,
    isUndone: () => false,
    isUserFunction: () => false,
  })
  return reasons.flatMap((reason): readonly TakenAway[] => {
    const [, table = '', columns = ''] = /^values of (.*) \((.*)\) were overwritten/.exec(reason) ?? []
    if (table !== '') {
      return partsOfList(columns).map((column) => ({ how: 'changed', object: `${table}.${column}`, reason }))
    }
    const [, tables = ''] = /^rows of (.*) were (?:deleted|merged)/.exec(reason) ?? []
    return partsOfList(tables).map((object) => ({ how: 'changed', object, reason }))
  })
}

/** Names that stand in a list; what stands in quotes is one. */
function partsOfList(list: string): readonly string[] {
  return list.match(/(?:"(?:[^"]|"")*"|[^",])+/gu)?.map((name) => name.trim()) ?? []
}
