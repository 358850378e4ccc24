import { defineFailure } from '../../errors/failure.ts'

/** A comment of the schema that says what nobody knows. */
export const piiUnknown = defineFailure('MASK_PII_UNKNOWN', (where: string, written: string, nearest: string | undefined) => ({
  message: `The comment on ${where} says @pii(${written}), which is neither a class nor a meaning.`,
  why: 'Classes are D, Q, S, C, F, K, N and none; meanings are those that the classifier knows, such as email or birthDate.',
  fix: nearest === undefined ? 'docs/masking.md lists them.' : `Did you mean @pii(${nearest})?`,
}))

/** A classification that is no such document. */
export const classificationInvalid = defineFailure('MASK_CLASSIFICATION_INVALID', (file: string, problems: readonly string[]) => ({
  message: `${file} cannot be read.`,
  why: problems.slice(0, 10).join('\n'),
  fix: 'Correct it by hand, or delete it and write it anew with `tide fixtures classify`; what was accepted in it is lost then.',
  where: { file },
}))

/** Nothing was classified yet. */
export const classificationMissing = defineFailure('MASK_CLASSIFICATION_MISSING', (file: string) => ({
  message: `There is no ${file}.`,
  why: 'No column is masked or kept before a person has said what it holds.',
  fix: 'Propose one with `tide fixtures classify`, read it, and accept it with `tide fixtures classify --accept-confident` and --accept Model.field.',
}))

/** A column to accept that is not in the classification. */
export const columnUnknown = defineFailure('MASK_COLUMN_UNKNOWN', (name: string, nearest: string | undefined) => ({
  message: `No column is called ${name}.`,
  why: 'Columns are named Model.field as in the Prisma schema, and schema.table.column where the schema does not have the table.',
  fix: nearest === undefined ? 'seed/classification.json lists them.' : `Did you mean ${nearest}?`,
}))

/** The folder takes no file. */
export const classificationUnwritable = defineFailure('MASK_CLASSIFICATION_UNWRITABLE', (file: string) => ({
  message: `${file} cannot be written.`,
  fix: 'Let the folder seed/ be written to.',
}))
