import type { DataModel, ModelInfo } from '../../prisma/data-model.ts'
import { type JoinTable, readJoinTables } from '../../prisma/join-tables.ts'
import type { RenamedObject } from '../names.ts'
import { isSameObject, type ObjectName } from '../script/operation.ts'
import { findTable, inSchema, type StartFacts, type StartJoin } from '../start-facts.ts'

/** The table of an implicit many-to-many relation, with the tables that it joins. All names have their schema. */
export interface Join {
  readonly table: ObjectName
  readonly a: ObjectName
  readonly b: ObjectName
  /** Fields of a relation of a model to itself tell its two columns apart; undefined where that is not known. */
  readonly fields: readonly [a: string, b: string] | undefined
  /** Whether the relation has a name of its own; undefined where that is not known. */
  readonly isNamed: boolean | undefined
  /** The foreign keys of the columns; undefined where there are none (`relationMode = "prisma"`). */
  readonly keys: readonly [a: string, b: string] | undefined
}

/** The join tables of a difference: those that are there, and those that the schema wants. */
export interface Joins {
  readonly present: readonly Join[]
  readonly wanted: readonly Join[]
}

/**
 * @param after the schema as it is now
 * @param before the schema as it was, where that is known
 * @param renamed the tables that were renamed on the way
 * @param swapped the join tables whose columns have changed places on the way
 */
export function readJoins(
  facts: StartFacts,
  after: DataModel,
  before: DataModel | undefined,
  renamed: readonly RenamedObject[],
  swapped: readonly ObjectName[],
): Joins {
  const present = (name: ObjectName): ObjectName => {
    const here = inSchema(facts, name)
    const moved = renamed.findLast((pair) => isSameObject(inSchema(facts, pair.before), here))
    return moved === undefined ? here : inSchema(facts, moved.now)
  }
  const isSwapped = (table: ObjectName): boolean => swapped.some((other) => isSameObject(inSchema(facts, other), table))
  const declared = (before === undefined ? [] : readJoinTables(before)).map((join) => {
    const named = joinOf(join, present)
    return isSwapped(named.table) ? swapEnds(named) : named
  })
  const withKeys = facts.joins.map((join) => joinOfFacts(join, declared))
  const others = declared.filter(
    ({ table }) => findTable(facts, table) !== undefined && !withKeys.some((join) => isSameObject(join.table, table)),
  )
  const wanted = readJoinTables(after).map((join) => joinOf(join, (name) => inSchema(facts, name)))
  return { present: [...withKeys, ...others], wanted }
}

/** True for the same two tables, in whichever columns. */
export function joinsSame(left: Join, right: Join): boolean {
  return isParallel(left, right) || isParallel(left, swapEnds(right))
}

/** True where "A" and "B" have changed places between what is there and what is wanted. */
export function hasSwappedEnds(present: Join, wanted: Join): boolean {
  if (!isSameObject(present.a, present.b)) return isParallel(present, swapEnds(wanted)) && joinsSame(present, wanted)
  if (present.fields === undefined || wanted.fields === undefined || !isParallel(present, wanted)) return false
  const [a, b] = present.fields
  // One of the two fields still has its name, and stands on the other side.
  return (a === wanted.fields[1] && b !== wanted.fields[1]) || (b === wanted.fields[0] && a !== wanted.fields[0])
}

function isParallel(left: Join, right: Join): boolean {
  return isSameObject(left.a, right.a) && isSameObject(left.b, right.b)
}

function swapEnds(join: Join): Join {
  const reverse = <Value>(pair: readonly [Value, Value] | undefined): readonly [Value, Value] | undefined =>
    pair === undefined ? undefined : [pair[1], pair[0]]
  return { ...join, a: join.b, b: join.a, fields: reverse(join.fields), keys: reverse(join.keys) }
}

function joinOf({ table, schema, a, b, isNamed }: JoinTable, name: (table: ObjectName) => ObjectName): Join {
  const tableOf = (model: ModelInfo): ObjectName => name({ schema: model.schema, name: model.table })
  return {
    table: name({ schema, name: table }),
    a: tableOf(a.model),
    b: tableOf(b.model),
    fields: a.model === b.model ? [a.field, b.field] : undefined,
    isNamed,
    keys: undefined,
  }
}

function joinOfFacts(join: StartJoin, declared: readonly Join[]): Join {
  const table = { schema: join.schema, name: join.name }
  const known = declared.find((candidate) => isSameObject(candidate.table, table))
  return {
    table,
    a: { schema: join.a.schema, name: join.a.name },
    b: { schema: join.b.schema, name: join.b.name },
    fields: known?.fields,
    isNamed: known?.isNamed,
    keys: [join.a.constraint, join.b.constraint],
  }
}
