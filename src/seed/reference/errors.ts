import { defineFailure, type FailurePlace } from '../../errors/failure.ts'

/** A row of reference data is declared twice. */
export const referenceDuplicate = defineFailure(
  'SEED_REFERENCE_DUPLICATE',
  (model: string, place: FailurePlace, first: FailurePlace | undefined) => ({
    message: `A row of ${model} is declared twice.`,
    why: `Its natural key ${first === undefined ? 'is that of another row' : `stands already in ${position(first)}`}.`,
    fix: 'Take one of the two out, or state the natural key that tells them apart.',
    where: place,
  }),
)

/** A name that is no field of the model. */
export const referenceFieldUnknown = defineFailure(
  'SEED_REFERENCE_FIELD_UNKNOWN',
  (model: string, name: string, nearest: string | undefined, place: FailurePlace) => ({
    message: `${model} has no field ${name}.`,
    fix: nearest === undefined ? 'Name a field of the model, or a relation that holds the key.' : `Did you mean ${nearest}?`,
    where: place,
  }),
)

/** A field that reference data cannot give. */
export const referenceFieldUnusable = defineFailure(
  'SEED_REFERENCE_FIELD_UNUSABLE',
  (model: string, name: string, why: string, place: FailurePlace) => ({
    message: `${model}.${name} cannot be declared.`,
    why,
    fix: 'Take it out, or declare what holds the value: docs/seeding.md shows each form.',
    where: place,
  }),
)

/** A folder of reference data that no environment is called. */
export const referenceFolderUnknown = defineFailure(
  'SEED_REFERENCE_FOLDER',
  (name: string, nearest: string | undefined, known: readonly string[]) => ({
    message: `seed/reference/${name} belongs to no environment, so nobody would read it.`,
    why: `A folder in seed/reference is called as an environment is: ${known.join(', ')}.`,
    fix:
      nearest === undefined
        ? `Describe the environment in seed/environments/${name}.ts, or move the folder out of seed/reference.`
        : `Did you mean seed/reference/${nearest}?`,
    where: { file: `seed/reference/${name}` },
  }),
)

/** A file in the folder of reference data whose kind Tide does not read. */
export const referenceFormatUnknown = defineFailure('SEED_REFERENCE_FORMAT', (file: string) => ({
  message: `${file} is no format of reference data.`,
  fix: 'Write it as Model.csv, Model.json or Model.ts, or move it out of seed/reference.',
  where: { file },
}))

/** A deleted row that others point to. */
export const referenceInUse = defineFailure('SEED_REFERENCE_IN_USE', (model: string, reason: string) => ({
  message: `Rows of ${model} that are no longer declared cannot be deleted.`,
  why: reason,
  fix: 'Declare them again, delete what points to them, or set removed=keep in the file.',
}))

/** A natural key with NULL in it. */
export const referenceKeyEmpty = defineFailure(
  'SEED_REFERENCE_KEY_EMPTY',
  (model: string, name: string, place: FailurePlace) => ({
    message: `A row of ${model} has no ${name}, which is part of its natural key.`,
    fix: 'Give it a value, or state another key.',
    where: place,
  }),
)

/** No unique set of columns is declared in full. */
export const referenceKeyMissing = defineFailure(
  'SEED_REFERENCE_KEY_MISSING',
  (
    model: string,
    stated: readonly string[] | undefined,
    uniques: readonly (readonly string[])[],
    place: FailurePlace,
  ) => ({
    message: `The rows of ${model} have no natural key: Tide cannot tell which row of the table each of them is.`,
    why:
      stated === undefined
        ? `What must be declared in full is one of: ${uniques.map((names) => names.join(' + ')).join(', ') || 'nothing; the table has no unique columns'}.`
        : `The key is stated as ${stated.join(' + ')}, and not every row declares that.`,
    fix: `Declare ${(stated ?? uniques[0] ?? ['a unique field']).join(' and ')} in every row, or state another key.`,
    where: place,
  }),
)

/** A file of reference data for a model that is none. */
export const referenceModelUnknown = defineFailure(
  'SEED_REFERENCE_MODEL_UNKNOWN',
  (file: string, model: string, nearest: string | undefined) => ({
    message: `The schema has no model ${model}, for which there is reference data.`,
    fix: nearest === undefined ? 'Name the file after a model of the schema.' : `Did you mean ${nearest}? Rename the file.`,
    where: { file },
  }),
)

/** PostgreSQL takes a row of reference data no further: a constraint, a trigger. */
export const referenceRefused = defineFailure(
  'SEED_REFERENCE_REFUSED',
  (model: string, reason: string, place: FailurePlace | undefined) => ({
    message: `PostgreSQL refuses reference data of ${model}: ${reason}.`,
    fix: 'Correct the row. Nothing was changed.',
    ...(place === undefined ? {} : { where: place }),
  }),
)

/** A file of reference data that cannot be read. */
export const referenceSyntax = defineFailure(
  'SEED_REFERENCE_SYNTAX',
  (file: string, reason: string, line?: number, column?: number) => ({
    message: `${file} cannot be read.`,
    why: reason,
    fix: 'Correct the file; docs/seeding.md shows what it may hold. Nothing was changed.',
    where: { file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) },
  }),
)

/** A row points to another that is not there. */
export const referenceTargetMissing = defineFailure(
  'SEED_REFERENCE_TARGET_MISSING',
  (model: string, name: string, target: string, place: FailurePlace) => ({
    message: `A row of ${model} points to a row of ${target} that does not exist, by ${name}.`,
    why: `Neither the database nor the reference data of ${target} has that row, or it waits for this one: rows that point to each other in a circle cannot be written one after the other.`,
    fix: `Declare that row among the reference data of ${target}, or correct ${name}; of a circle, leave one relation out. Nothing was changed.`,
    where: place,
  }),
)

/** A value that the column's type does not have. */
export const referenceValue = defineFailure(
  'SEED_REFERENCE_VALUE',
  (model: string, name: string, reason: string, place: FailurePlace) => ({
    message: `A value of ${model}.${name} cannot be used.`,
    why: reason,
    fix: 'Write it as PostgreSQL writes a value of this type. Nothing was changed.',
    where: place,
  }),
)

function position({ file, line }: FailurePlace): string {
  return [file, line].filter((part) => part !== undefined).join(':')
}

/** Two files of one folder for the same model. */
export const referenceTwoFiles = defineFailure('SEED_REFERENCE_TWO_FILES', (model: string, one: string, other: string) => ({
  message: `${model} has two files of reference data: ${one} and ${other}.`,
  why: 'What a model holds stands in one file. Only that of an environment (seed/reference/ENV/) lies over another.',
  fix: 'Put all rows into one of them, and delete the other. Nothing was changed.',
  where: { file: other },
  meta: { files: [one, other] },
}))
