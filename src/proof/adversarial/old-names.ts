import type { NamesBefore } from '../../author/renames/with-other-names.ts'
import { spokenName } from '../../postgres/catalog/names.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { MadeTable } from './made-tables.ts'

/** A table that was there before the migration, at one place of it. */
export interface StandingTable {
  readonly facts: TableFacts
  /** What columns are called here, to what they were called before. */
  readonly columns: Map<string, string>
  /** Columns that the migration added. */
  readonly added: Set<string>
}

/** What is called how at one place of a migration; tables by `schema.table`, as people say it. */
export interface NamesHere {
  readonly schema: string
  readonly before: readonly TableFacts[]
  readonly standing: ReadonlyMap<string, StandingTable>
  readonly made: ReadonlyMap<string, MadeTable>
  /** What types are called that the migration renamed, to what they were called. */
  readonly types: ReadonlyMap<string, string>
}

/**
 * From the names of a place in a migration to those of before. Of what the migration made under a name that something
 * else had, it tells one that nothing has: a question that speaks of it cannot be asked, instead of asking another.
 */
export function oldNames(here: NamesHere): NamesBefore {
  const { schema, before, standing, made, types } = here
  const wasTaken = new Set(before.map((table) => spokenName([table.schema, table.name])))
  return {
    table: (name) => {
      const key = spokenName([name.schema ?? schema, name.name])
      const found = standing.get(key)
      if (found !== undefined) {
        const { facts } = found
        const isPlain = name.schema === undefined && facts.schema === schema
        const now = { schema: isPlain ? undefined : facts.schema, name: facts.name }
        return { now, before: name, columns: columnsOf(found) }
      }
      if (!made.has(key) && !wasTaken.has(key)) return undefined
      const now = wasTaken.has(key) ? { ...name, name: unaskable(name.name) } : name
      return { now, before: name, columns: { has: new Set(made.get(key)?.columns), renamed: new Map() } }
    },
    type: ({ name }) => {
      const old = types.get(name)
      return old === undefined ? undefined : { schema: undefined, name: old }
    },
  }
}

/** True where no name means anything else than it meant before. */
export function areNamesKept({ before, standing, types }: NamesHere): boolean {
  if (types.size > 0 || standing.size < before.length) return false
  return [...standing].every(([key, { facts, columns }]) => {
    const isCalledSo = key === spokenName([facts.schema, facts.name])
    return isCalledSo && facts.columns.every(({ name }) => columns.get(name) === name)
  })
}

interface OldColumns {
  readonly has: ReadonlySet<string>
  readonly renamed: ReadonlyMap<string, string>
}

function columnsOf({ facts, columns, added }: StandingTable): OldColumns {
  const changed = [...columns].filter(([now, old]) => now !== old)
  const replaced = facts.columns.map(({ name }) => name).filter((name) => !columns.has(name))
  const renamed = new Map([...changed, ...replaced.map((name) => [name, unaskable(name)] as const)])
  return { has: new Set([...columns.keys(), ...added].filter((name) => !renamed.has(name))), renamed }
}

function unaskable(name: string): string {
  return `${name} (new)`
}
