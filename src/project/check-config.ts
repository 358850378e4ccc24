import * as v from 'valibot'
import { nearestName } from '../errors/nearest-name.ts'
import type { TideConfig } from './config.ts'
import { configInvalid } from './errors.ts'

/**
 * What a `tide.config.ts` exports, when it says nothing but what Tide knows.
 * @param file named in the failure
 * @throws PROJECT_CONFIG_INVALID with the full path of every key that is wrong; their values are never shown
 */
export function checkConfig(value: unknown, file: string): TideConfig {
  const lists = listsForObjects(value, configSchema, 'the default export')
  if (lists.length > 0) throw configInvalid(file, lists.map((path) => `${path} must be an object, not a list`))
  const result = v.safeParse(configSchema, value)
  if (result.success) return withoutUndefined(result.output)
  throw configInvalid(file, result.issues.map(describeIssue))
}

const text = v.pipe(v.string(), v.nonEmpty())
const limit = v.optional(v.pipe(v.number(), v.minValue(0)))
const dotted = v.pipe(v.string(), v.check((name) => name.includes('.'), "must name a field, as in 'Comment.subjectId'"))
const urlEntries = { url: v.optional(text), urlVariable: v.optional(text) }
const isOneUrl = (keys: { url?: string | undefined; urlVariable?: string | undefined }): boolean =>
  keys.url === undefined || keys.urlVariable === undefined

const environmentSchema = v.pipe(
  v.strictObject({ ...urlEntries, embedded: v.optional(v.boolean()) }),
  v.check((keys) => isOneUrl(keys), 'says both url and urlVariable; keep one'),
  v.check(
    (keys) => keys.embedded !== true || (keys.url ?? keys.urlVariable) === undefined,
    'says embedded and a URL; keep one',
  ),
)

const configSchema = v.strictObject({
  schema: v.optional(text),
  migrations: v.optional(text),
  environments: v.optional(v.record(v.string(), environmentSchema)),
  rehearsal: v.optional(
    v.pipe(
      v.strictObject({ ...urlEntries, setup: v.optional(v.string()) }),
      v.check((keys) => isOneUrl(keys), 'says both url and urlVariable; keep one'),
    ),
  ),
  lockTimeout: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  archive: v.optional(
    v.strictObject({
      enabled: v.optional(v.boolean()),
      maxTableMegabytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000_000))),
    }),
  ),
  data: v.optional(
    v.strictObject({
      workers: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
      batchTime: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(3_600_000))),
      brakes: v.optional(
        v.strictObject({
          replicationLag: limit,
          lockWaits: limit,
          traffic: limit,
          activeSessions: limit,
          walRate: limit,
          transactionAge: limit,
          sql: v.optional(text),
          http: v.optional(text),
        }),
      ),
    }),
  ),
  fixtures: v.optional(
    v.strictObject({
      reference: v.optional(v.array(text)),
      relations: v.optional(v.array(v.strictObject({ from: dotted, to: dotted, when: v.optional(text) }))),
    }),
  ),
  embedded: v.optional(
    v.strictObject({
      port: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535))),
      directory: v.optional(text),
    }),
  ),
})

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? 'the default export'
  if (issue.kind === 'schema' && issue.type === 'strict_object' && issue.expected === 'never') {
    return `${path} is no key of Tide${didYouMean(issue)}`
  }
  if (issue.type === 'check') return `${path} ${issue.message}`
  if (issue.type === 'non_empty') return `${path} is empty`
  if (issue.kind === 'validation') return `${path} must be ${wordsOfBounds(issue)}`
  return `${path} must be ${wordsOfTypes[issue.expected ?? ''] ?? String(issue.expected)}, not ${kindOf(issue.input)}`
}

function didYouMean(issue: v.BaseIssue<unknown>): string {
  const path = issue.path ?? []
  const typed = String(path.at(-1)?.key)
  const nearest = nearestName(typed, knownKeys(path.slice(0, -1).map((item) => String(item.key))))
  return nearest === undefined ? '' : `; did you mean ${nearest}?`
}

/** The keys that may stand at a path, read from the schema itself. */
function knownKeys(path: readonly string[]): readonly string[] {
  let schema: unknown = configSchema
  for (const key of path) {
    const { entries, value } = unwrap(schema)
    schema = entries?.[key] ?? value
  }
  return Object.keys(unwrap(schema).entries ?? {})
}

/** Where a list stands for an object or a record: to valibot it is one. */
function listsForObjects(value: unknown, schema: unknown, path: string): readonly string[] {
  const { type, entries, value: member } = unwrap(schema)
  if (typeof value !== 'object' || value === null || (type !== 'strict_object' && type !== 'record')) return []
  if (Array.isArray(value)) return [path]
  const below = path === 'the default export' ? '' : `${path}.`
  return Object.entries(value).flatMap(([key, one]) => listsForObjects(one, entries?.[key] ?? member, `${below}${key}`))
}

interface Nested {
  readonly type?: string
  readonly entries?: Readonly<Record<string, unknown>>
  readonly value?: unknown
}

/** The object or record inside `optional`. A pipe has the entries of its first schema. */
function unwrap(schema: unknown): Nested {
  // Every schema of valibot is an object; what it holds besides is asked for key by key. A wrong key has none.
  const nested = (schema ?? {}) as Nested & { readonly wrapped?: unknown }
  return nested.wrapped === undefined ? nested : unwrap(nested.wrapped)
}

function wordsOfBounds(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'integer') return 'a whole number'
  return `${issue.type === 'min_value' ? 'at least' : 'at most'} ${String(issue.requirement)}`
}

const wordsOfTypes: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  Object: 'an object',
}

/** The kind of a wrong value: the value itself may be a password that slipped into the wrong key. */
function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : (wordsOfTypes[typeof value] ?? typeof value)
}

/** A key that is given as `undefined` is not given. */
function withoutUndefined(config: v.InferOutput<typeof configSchema>): TideConfig {
  return JSON.parse(JSON.stringify(config)) as TideConfig
}
