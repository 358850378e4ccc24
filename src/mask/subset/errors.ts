import { defineFailure } from '../../errors/failure.ts'

/** More rows than are kept track of. */
export const subsetLarge = defineFailure('FIXTURE_SUBSET_LARGE', (limit: number) => ({
  message: `The subset has more than ${limit.toLocaleString('en')} rows.`,
  why: 'Which rows belong to it is kept in memory, within bounds. Nothing was written.',
  fix: 'Take less (--percent, --rows, --filter, --children), or leave these out and take the whole database, which needs no such list.',
}))

/** A wish for a subset that makes no sense. */
export const subsetInvalid = defineFailure('FIXTURE_SUBSET_INVALID', (problem: string) => ({
  message: `The subset cannot be taken: ${problem}.`,
  fix: "Write --percent 5, --rows 1000, or --filter 'Order: created_at > now() - interval ''30 days'''; a model once.",
}))

/** A relation of tide.config.ts that does not fit the source. */
export const relationInvalid = defineFailure(
  'FIXTURE_RELATION_INVALID',
  (from: string, to: string, problem: string) => ({
    message: `fixtures.relations in tide.config.ts says that ${from} points to ${to}, and ${problem}.`,
    fix: "Write { from: 'Comment.subjectId', to: 'Post.id', when: \"subject_type = 'post'\" } with names of models and fields, or of tables and columns.",
  }),
)

/** A name in `fixtures.reference` that nothing has. */
export const referenceUnknown = defineFailure(
  'FIXTURE_REFERENCE_UNKNOWN',
  (name: string, nearest: string | undefined) => ({
    message: `fixtures.reference in tide.config.ts names ${name}, and the source has no such model or table.`,
    fix: nearest === undefined ? 'Take it out.' : `Did you mean ${nearest}?`,
  }),
)
