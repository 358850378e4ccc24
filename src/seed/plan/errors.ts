import { defineFailure } from '../../errors/failure.ts'

/** A unique set with fewer values than rows. */
export const capacityExceeded = defineFailure(
  'SEED_CAPACITY',
  (model: string, set: string, fields: readonly string[], capacity: number, need: number) => ({
    message: `${model} cannot have ${String(need)} rows: ${fields.join(', ')} has room for ${String(capacity)}.`,
    why: `${set} allows each ${fields.length === 1 ? 'value' : 'combination'} once, and there are ${String(capacity)}.`,
    fix: `Ask for at most ${String(capacity)} rows of ${model}, or for more rows of what it points to.`,
    meta: { model, set, fields, capacity, need },
  }),
)

/** A unique set of which the rows that are there leave too little. */
export const capacityTaken = defineFailure(
  'SEED_CAPACITY',
  ({ model, set, fields, capacity, need, taken }: TakenCapacity) => ({
    message: `${model} cannot have ${need} more rows: ${fields.join(', ')} has room for ${capacity}, of which ${taken} are taken.`,
    why: `${set} allows each ${fields.length === 1 ? 'value' : 'combination'} once, and rows that were there before hold ${taken} of them.`,
    fix: `Ask for at most ${capacity - taken} rows of ${model}, or empty the table first with --truncate, where the environment allows it.`,
    meta: { model, set, fields, capacity, need, taken },
  }),
)

interface TakenCapacity {
  readonly model: string
  /** Of the index or constraint. */
  readonly set: string
  readonly fields: readonly string[]
  readonly capacity: number
  readonly need: number
  readonly taken: number
}

/** Rows that no candidate brought past a check outside the understood fragment. */
export const checkUnmet = defineFailure(
  'SEED_CHECK_UNMET',
  (model: string, check: string, reason: string, attempts: number) => ({
    message: `No row of ${model} could be made that ${check} takes: ${String(attempts)} candidates were refused.`,
    why: reason,
    fix: 'Give a rule for its columns in seed/generators.ts.',
    meta: { model, check },
  }),
)

/** Tables that need each other's rows first. */
export const cycleUnbreakable = defineFailure('SEED_CYCLE', (tables: readonly string[], edges: readonly string[]) => ({
  message: `${tables.join(', ')} need each other's rows first, so none can have a first row.`,
  why: `${edges.join('; ')}. None of these foreign keys may be NULL or is DEFERRABLE.`,
  fix: 'Make one of the fields optional, or the foreign key DEFERRABLE, in a migration.',
  meta: { tables },
}))

/** An exclusion constraint that no rule knows how to satisfy. */
export const exclusionUnsupported = defineFailure(
  'SEED_EXCLUSION',
  (table: string, constraint: string, definition: string) => ({
    message: `${table} cannot be filled: Tide does not know how to satisfy ${constraint}.`,
    why: `It is ${definition}. Rows can be kept apart by = and by && over a range or over two columns of one.`,
    fix: `Take ${table} out of what is seeded, or fill it with reference data.`,
    meta: { model: table },
  }),
)

/** A NOT NULL foreign key to a table without rows that is not filled either. */
export const parentEmpty = defineFailure(
  'SEED_PARENT_EMPTY',
  (model: string, relation: string, columns: readonly string[], parent: string) => ({
    message: `${model} cannot have rows: ${columns.join(', ')} must point to a row of ${parent}, which has none.`,
    why: `The foreign key ${relation} is NOT NULL, and no rows of ${parent} are asked for.`,
    fix: `Ask for rows of ${parent} as well, or give it reference data.`,
    meta: { model, relation, parent },
  }),
)
