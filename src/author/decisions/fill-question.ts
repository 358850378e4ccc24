import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'
import { type ColumnType, readColumnType } from '../column-types.ts'
import { fieldSubject } from '../names.ts'
import { candidate } from '../question.ts'
import { type ObjectName, isSameObject } from '../script/operation.ts'
import { renderName } from '../script/render-operation.ts'
import { findColumn, findTable } from '../start-facts.ts'
import { castSuggestions } from './cast-suggestions.ts'
import type { CountedQuestion, DecisionInput } from './decision.ts'
import { enumValues } from './filled-enums.ts'

/** Says that no row needs a value; the migration stops where one does. */
export const noFill = 'none'

/** A field that may need values in existing rows. */
export interface FillSubject {
  readonly table: ObjectName
  readonly column: string
  readonly type: string
  /** False for a field that exists and becomes required. */
  readonly isNew: boolean
  /** True for a field that also changes its type: which rows have no value then is for the cast to say. */
  readonly isRetyped?: boolean
  /** The default that it has or gets. */
  readonly defaultText: string | undefined
}

/** "What do existing rows get?", with values that its type, its default and its constraints allow. */
export function fillQuestion(subject: FillSubject, input: DecisionInput): CountedQuestion {
  const { table, column, isNew } = subject
  const name = fieldSubject(input.names, table, column)
  const suggested = suggestions(subject, input).map(([answer, reason]) => candidate('fill', name, answer, reason))
  const none = candidate('fill', name, noFill, 'no row needs one; the migration stops where one does')
  return {
    kind: 'fill',
    subject: name,
    message: isNew
      ? `The new field ${name} is required. What do existing rows get?`
      : `The field ${name} is now required. What do rows get in which it is NULL?`,
    counts: isNew ? [{ table }] : subject.isRetyped === true ? [] : [{ table, where: { column, holds: 'null' } }],
    candidates: [...suggested, none],
    flag: (suggested[0] ?? none).flag,
  }
}

/** An expression and what is to be said of it. */
type Suggestion = readonly [expression: string, reason: string]

function suggestions(subject: FillSubject, input: DecisionInput): readonly Suggestion[] {
  const type = readColumnType(subject.type)
  const found = [
    ...defaultValue(subject),
    ...referencedRow(subject, input),
    ...distinctValue(subject, type, input),
    ...neutralValue(subject.type, type, input),
  ]
  return found.filter(([expression], at) => found.findIndex(([other]) => other === expression) === at)
}

/** A sequence that the migration makes is not there yet when the rows are filled. */
function defaultValue({ defaultText }: FillSubject): readonly Suggestion[] {
  return defaultText === undefined || /^nextval\(/i.test(defaultText) ? [] : [[defaultText, 'its default']]
}

/** A foreign key wants a row that is there. Keys of several columns come from the same row. */
function referencedRow(
  { table, column, type }: FillSubject,
  { operations, names, uncast }: DecisionInput,
): readonly Suggestion[] {
  for (const operation of operations) {
    if (operation.kind !== 'add-foreign-key' || !isSameObject(operation.table, table)) continue
    const referenced = operation.referencedColumns[operation.columns.indexOf(column)]
    if (referenced === undefined) continue
    const order = operation.referencedColumns.map(quoteIdentifier).join(', ')
    const target = renderName(operation.references)
    const model = names.models(operation.references)[0] ?? operation.references.name
    const before = findColumn(uncast, operation.references, referenced)?.type
    return [[`(SELECT ${keyAs(referenced, before, type)} FROM ${target} ORDER BY ${order} LIMIT 1)`, `the first row of ${model}`]]
  }
  return []
}

/** A key whose type changes in the same migration still has the old one where the rows are filled. */
function keyAs(column: string, before: string | undefined, type: string): string {
  const isSame = before === undefined || readColumnType(before).base === readColumnType(type).base
  return isSame ? quoteIdentifier(column) : castSuggestions(column, readColumnType(before), type)[0][0]
}

/** A field that must be unique needs another value in each row. */
function distinctValue({ table, column }: FillSubject, type: ColumnType, input: DecisionInput): readonly Suggestion[] {
  const isUnique = input.operations.some(
    (operation) =>
      operation.kind === 'create-index' &&
      operation.unique &&
      isSameObject(operation.table, table) &&
      operation.columns.length === 1 &&
      operation.columns[0] === column,
  )
  if (!isUnique || type.isList) return []
  if (textual.has(type.base)) return [[randomText(type), 'another value in each row']]
  const key = findTable(input.facts, table)?.primaryKey ?? []
  const [name = ''] = key
  const isNumbered = key.length === 1 && whole.has(readColumnType(findColumn(input.facts, table, name)?.type ?? '').base)
  return isNumbered && numbers.has(type.base) ? [[quoteIdentifier(name), 'the number of the row']] : []
}

const textual = new Set(['text', 'varchar', 'char', 'citext'])
const whole = new Set(['int2', 'int4', 'int8'])
const numbers = new Set([...whole, 'numeric', 'float4', 'float8'])

function randomText({ sizes: [size] }: ColumnType): string {
  return size === undefined || size >= 36 ? 'gen_random_uuid()::text' : `left(md5(gen_random_uuid()::text), ${size})`
}

function neutralValue(
  typeText: string,
  { base, isList, sizes: [size = 1] }: ColumnType,
  input: DecisionInput,
): readonly Suggestion[] {
  const expression = isList
    ? "'{}'"
    : (enumValues(typeText, input)?.slice(0, 1).map((label) => quoteLiteral(label).trim())[0] ?? neutral.get(base))
  if (expression !== undefined) return [[expression, 'a value of its type']]
  return base === 'bit' ? [[`repeat('0', ${size})::bit(${size})`, 'a value of its type']] : []
}

const neutral: ReadonlyMap<string, string> = new Map([
  ...['text', 'varchar', 'char', 'citext', 'bytea', 'varbit', 'tsvector'].map((type) => [type, "''"] as const),
  ...[...numbers, 'money', 'oid'].map((type) => [type, '0'] as const),
  ...['timestamp', 'timestamptz'].map((type) => [type, 'now()'] as const),
  ...['jsonb', 'json', 'hstore'].map((type) => [type, type === 'hstore' ? "''" : "'{}'"] as const),
  ['bool', 'false'],
  ['uuid', 'gen_random_uuid()'],
  ['date', 'current_date'],
  ['time', "'00:00'"],
  ['timetz', "'00:00+00'"],
  ['inet', "'0.0.0.0'"],
  ['cidr', "'0.0.0.0/0'"],
  ['interval', "'0'"],
])
