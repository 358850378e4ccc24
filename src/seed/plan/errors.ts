import { defineFailure } from '../../errors/failure.ts'

/**
 * A unique set with fewer values than rows, or of which the rows that are there leave too few.
 * @param taken how many of the values are held already; none where it is left out
 */
export const capacityExceeded = defineFailure(
  'SEED_CAPACITY',
  (model: string, set: string, fields: readonly string[], capacity: number, need: number, taken?: number) => {
    const each = fields.length === 1 ? 'value' : 'combination'
    const isTaken = taken !== undefined && taken > 0
    return {
      message: `${model} cannot have ${need}${isTaken ? ' more' : ''} rows: ${fields.join(', ')} has room for ${capacity}${isTaken ? `, of which ${taken} are taken` : ''}.`,
      why: `${set} allows each ${each} once, and ${isTaken ? `rows that were there before hold ${taken} of them` : `there are ${capacity}`}.`,
      fix: isTaken
        ? `Ask for at most ${capacity - taken} rows of ${model}, or empty the table first with --truncate, where the environment allows it.`
        : `Ask for at most ${capacity} rows of ${model}, or for more rows of what it points to.`,
      meta: { model, set, fields, capacity, need, ...(isTaken ? { taken } : {}) },
    }
  },
)

/** Rows that no candidate brought past a check outside the understood fragment. */
export const checkUnmet = defineFailure(
  'SEED_CHECK_UNMET',
  (
    model: string,
    { check, reason, fields }: {
      readonly check: string
      readonly reason: string
      /** Those of its columns that rules or personas say, as `User.email`. */
      readonly fields: readonly string[]
    },
    attempts: number,
  ) => ({
    message: `No row of ${model} could be made that ${check} takes: ${attempts === 1 ? 'one candidate was' : `${attempts} candidates were`} refused.`,
    why: reason,
    fix:
      fields.length === 0
        ? 'Give a rule for its columns in seed/generators.ts.'
        : `Look at what seed/generators and seed/personas say of ${fields.join(', ')}: it is not replaced, and must be what the constraint takes.`,
    meta: { model, check, fields },
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
