import * as v from 'valibot'
import { nearestName } from '../../errors/nearest-name.ts'
import { environmentInvalid } from './errors.ts'
import type { EnvironmentContract } from './environment.ts'

/**
 * What a file of `seed/environments/` exports, when it says nothing but what Tide knows.
 * @param file named in the failure
 * @param models the names of the schema's models
 * @throws SEED_ENVIRONMENT_INVALID with the full path of every key that is wrong
 */
export function checkEnvironment(value: unknown, file: string, models: readonly string[]): EnvironmentContract {
  // To valibot a list is an object as well.
  if (Array.isArray(value)) throw environmentInvalid(file, ['what it exports must be an object, not a list'])
  const result = v.safeParse(contractSchema, value)
  const problems = result.success ? [] : result.issues.map(describeIssue)
  const named = result.success ? namesIn(result.output) : []
  const strange = named.filter(({ name }) => !models.includes(name))
  problems.push(
    ...strange.map(({ path, name }) => {
      const nearest = nearestName(name, models)
      return `${path}: the schema has no model ${name}${nearest === undefined ? '' : ` (did you mean ${nearest}?)`}`
    }),
  )
  if (result.success) problems.push(...circlesIn(result.output.models ?? {}))
  if (!result.success || problems.length > 0) throw environmentInvalid(file, problems)
  // A key that is given as `undefined` is not given.
  return Object.fromEntries(Object.entries(result.output).filter(([, one]) => one !== undefined))
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const rowCount = v.union([
  count,
  v.strictObject({ per: v.string(), rows: v.pipe(v.number(), v.minValue(0)) }),
])
const clock = v.pipe(
  v.string(),
  v.check((text) => text === 'rolling' || isMoment(text), "must be 'rolling' or a time such as 2026-01-01T00:00:00Z"),
)

/** JavaScript reads the 30th of February as a day of March. */
function isMoment(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(text) ?? []
  if (Number.isNaN(Date.parse(text))) return false
  if (year === undefined) return true
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day)
}

const choice = v.union([v.boolean(), v.array(v.string())])

const entries = {
  reference: v.optional(choice),
  data: v.optional(v.picklist(['synthetic', 'masked', 'both'])),
  fixture: v.optional(v.pipe(v.string(), v.nonEmpty())),
  rows: v.optional(v.union([count, v.literal('covering')])),
  models: v.optional(v.record(v.string(), rowCount)),
  edges: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  locale: v.optional(v.pipe(v.string(), v.nonEmpty())),
  seed: v.optional(v.union([v.string(), v.number()])),
  clock: v.optional(clock),
  truncate: v.optional(v.boolean()),
  personas: v.optional(choice),
}
const contractSchema = v.strictObject(entries)

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? 'what it exports'
  if (issue.kind === 'schema' && issue.type === 'strict_object' && issue.expected === 'never') {
    const typed = String(issue.path?.at(-1)?.key)
    const nearest = nearestName(typed, path.includes('.') ? ['per', 'rows'] : Object.keys(entries))
    return `${path} is no key of an environment${nearest === undefined ? '' : ` (did you mean ${nearest}?)`}`
  }
  if (issue.type === 'check') return `${path} ${issue.message}`
  if (path.startsWith('models.') && issue.type === 'union') {
    return `${path} must be a whole number of rows, or { per: 'Model', rows: 3 }`
  }
  if (path === 'models') return 'models must be an object such as { User: 20 }'
  return `${path} must be ${wordsOf[path] ?? 'an object'}`
}

const wordsOf: Readonly<Record<string, string>> = {
  reference: 'true, false or a list of models',
  data: "'synthetic', 'masked' or 'both'",
  fixture: "a folder such as 'fixtures/qa'",
  rows: "a whole number, 0 or more, or 'covering'",
  edges: 'a share of cells from 0 to 1, such as 0.2',
  locale: "a locale such as 'en'",
  seed: 'a text or a number',
  clock: "'rolling' or a time such as '2026-01-01T00:00:00Z'",
  truncate: 'true or false',
  personas: 'true, false or a list of names',
}

/** Models whose numbers of rows wait for each other. */
function circlesIn(models: NonNullable<v.InferOutput<typeof contractSchema>['models']>): readonly string[] {
  const parentOf = (name: string): string | undefined => {
    const count = Object.hasOwn(models, name) ? models[name] : undefined
    return typeof count === 'object' ? count.per : undefined
  }
  return Object.keys(models).flatMap((name) => {
    const chain = [name]
    for (let next = parentOf(name); next !== undefined; next = parentOf(next)) {
      if (next === name) return [`models.${name}.per leads back to itself: ${[...chain, name].join(' → ')}`]
      if (chain.includes(next)) return []
      chain.push(next)
    }
    return []
  })
}

function namesIn(contract: v.InferOutput<typeof contractSchema>): readonly { path: string; name: string }[] {
  const { models = {}, reference } = contract
  return [
    ...(Array.isArray(reference) ? reference.map((name, index) => ({ path: `reference.${index}`, name })) : []),
    ...Object.entries(models).flatMap(([name, value]) => [
      { path: `models.${name}`, name },
      ...(typeof value === 'number' ? [] : [{ path: `models.${name}.per`, name: value.per }]),
    ]),
  ]
}
