import { isSameObject, type ObjectName } from '../script/operation.ts'
import { asWritten, inSchema, type StartFacts } from '../start-facts.ts'
import type { OriginalPlace } from './original-place.ts'

/** The columns that a part of a query has, as they are called now. */
export interface KnownColumns {
  readonly has: ReadonlySet<string>
  /** What a column was called before, where nothing is called so any more → what it is called now. */
  readonly renamed: ReadonlyMap<string, string>
}

/** A table by both its names; they are the same where it keeps its own. */
interface RenamedTable {
  readonly now: ObjectName
  readonly before: ObjectName
  readonly columns: KnownColumns
}

/** Reads names as they were before the answered renames. A name that something has now means that. */
export interface NamesBefore {
  table(name: ObjectName): RenamedTable | undefined
  /** The enum of this old name; undefined where it is still called so. */
  type(name: ObjectName): ObjectName | undefined
}

/**
 * @param facts as they are after the renames
 * @param original what things were called before them
 */
export function namesBefore(facts: StartFacts, original: OriginalPlace): NamesBefore {
  const tables = facts.tables.map((table) => {
    const now = asWritten(facts, table)
    const has = new Set(table.columns.map(({ name }) => name))
    const pairs = [...has].map((name) => [original(now, name).column ?? name, name] as const)
    const renamed = new Map(pairs.filter(([old]) => !has.has(old)))
    return { now, before: original(now).table, columns: { has, renamed } }
  })
  const types = facts.enums.map((type) => asWritten(facts, type)).map((now) => ({ now, before: original(now).table }))
  const isCalled = (name: ObjectName) => {
    const whole = inSchema(facts, name)
    return (other: ObjectName) => isSameObject(whole, inSchema(facts, other))
  }
  return {
    table: (name) => {
      const is = isCalled(name)
      return tables.find(({ now }) => is(now)) ?? tables.find(({ before }) => is(before))
    },
    type: (name) => {
      const is = isCalled(name)
      return types.some(({ now }) => is(now)) ? undefined : types.find(({ before }) => is(before))?.now
    },
  }
}
