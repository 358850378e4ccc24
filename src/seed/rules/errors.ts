import { defineFailure } from '../../errors/failure.ts'

/** A rule or a persona for a model that the schema does not have. */
export const ruleModelUnknown = defineFailure(
  'SEED_RULE_MODEL_UNKNOWN',
  (file: string, model: string, nearest: string | undefined) => ({
    message: `${file} names the model ${model}, which the schema does not have.`,
    fix: nearest === undefined ? 'Name a model of the schema, or take it out.' : `Did you mean ${nearest}?`,
    where: { file },
  }),
)

/** A rule or a persona for a field that the model does not have. */
export const ruleFieldUnknown = defineFailure(
  'SEED_RULE_FIELD_UNKNOWN',
  (file: string, model: string, field: string, nearest: string | undefined) => ({
    message: `${file} names the field ${model}.${field}, which the schema does not have.`,
    fix: nearest === undefined ? 'Name a field that has a column, or take it out.' : `Did you mean ${nearest}?`,
    where: { file },
  }),
)

/** A trait that the factory of a model does not have. */
export const traitUnknown = defineFailure(
  'SEED_TRAIT_UNKNOWN',
  (model: string, trait: string, nearest: string | undefined, known: readonly string[]) => ({
    message: `The factory of ${model} has no trait ${JSON.stringify(trait)}.`,
    fix:
      nearest === undefined
        ? known.length === 0 ? 'It has none: define it under traits.' : `It has ${known.join(', ')}. Define it under traits.`
        : `Did you mean ${nearest}?`,
    meta: { model, trait, known },
  }),
)

/** A rule that is none of its forms. */
export const ruleInvalid = defineFailure('SEED_RULE_INVALID', (file: string, what: string, reason: string) => ({
  message: `${file}: the rule for ${what} cannot be used.`,
  why: reason,
  fix: 'Write a list, a function of the row, { after, make }, or { generator: NAME }; docs/seeding.md shows each.',
  where: { file },
}))

/** A rule names a generator that Tide does not have. */
export const ruleGeneratorUnknown = defineFailure(
  'SEED_RULE_GENERATOR_UNKNOWN',
  (file: string, what: string, name: string, nearest: string | undefined) => ({
    message: `${file}: there is no generator ${name} for ${what}.`,
    fix: nearest === undefined ? 'docs/seed-values.md lists them.' : `Did you mean ${nearest}?`,
    where: { file },
  }),
)

/** A value that a rule or a persona gives and the column's type cannot have. */
export const ruleValue = defineFailure(
  'SEED_RULE_VALUE',
  (file: string, what: string, type: string, labels?: readonly string[]) => ({
    message: `${file}: the value for ${what} is no value of the type ${type}.`,
    fix:
      labels === undefined
        ? 'Give a text, a number, a boolean, a date, or a list for a list.'
        : `Give one of ${labels.slice(0, 10).join(', ')}${labels.length > 10 ? ', …' : ''}.`,
    where: { file },
  }),
)

/** NULL from a rule for a column that must hold a value. */
export const ruleNull = defineFailure('SEED_RULE_NULL', (file: string, what: string) => ({
  message: `${file}: the rule for ${what} gives null, and the column must hold a value.`,
  fix: 'Give a value in every row, or make the field optional in the schema.',
  where: { file },
}))

/** A rule for a column whose values something else decides. */
export const ruleUnused = defineFailure('SEED_RULE_UNUSED', (what: string, reason: string) => ({
  message: `The rule for ${what} cannot be kept.`,
  why: reason,
  fix: 'Take it out of seed/generators. Rows that must have certain keys or parents are personas: seed/personas.ts.',
}))

/** A function of the user's that ended with an error. */
export const ruleThrew = defineFailure('SEED_RULE_THREW', (file: string, what: string, row: number, reason: string) => ({
  message: `${file}: the function for ${what} failed for row ${row}.`,
  why: reason,
  fix: 'Correct the function; `index` is the number of the row, from 0.',
  where: { file },
}))

/** A persona's relation leads to no persona and no reference data. */
export const personaTargetUnknown = defineFailure(
  'SEED_PERSONA_TARGET_UNKNOWN',
  (file: string, what: string, target: string, name: string, nearest: string | undefined) => ({
    message: `${file}: ${what} names the ${target} ${JSON.stringify(name)}, and there is no such persona.`,
    fix: nearest === undefined ? `Add it under ${target}, or give the columns of the relation instead.` : `Did you mean ${nearest}?`,
    where: { file },
  }),
)

/** An environment wants a persona that is not defined. */
export const personaUnknown = defineFailure(
  'SEED_PERSONA_UNKNOWN',
  (environment: string, name: string, nearest: string | undefined) => ({
    message: `The environment ${environment} names the persona ${name}, which seed/personas does not have.`,
    fix: nearest === undefined ? 'Define it in seed/personas.ts.' : `Did you mean ${nearest}?`,
  }),
)
