import type { Identity } from '../../postgres/catalog/identities.ts'
import { splitName } from '../../postgres/catalog/names.ts'
import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import { convertedColumns, isZoning } from '../rollback/converted-columns.ts'
import { keepsWhatComesThrough } from '../rollback/lossless-types.ts'
import { plainName } from '../rollback/lost-objects.ts'
import { isRecord, relationName } from '../rollback/walk-tree.ts'
import type { SourceTable } from './archive.ts'
import type { ChangedColumn, Moment } from './losses.ts'

/** A column that was there before, and what became of it. */
export interface ColumnPair {
  readonly id: string
  /** The identity of its table. */
  readonly table: string
  readonly source: SourceTable
  readonly column: string
  /** Undefined where it is gone. */
  readonly now: Identity | undefined
}

interface Journey {
  readonly statements: readonly Statement[]
  readonly schema: string
  readonly before: Moment
  readonly after: Moment
  readonly pairs: readonly ColumnPair[]
}

/** What happened to the values of columns that stayed, by the identities of these. */
export interface ChangedColumns {
  /** Values that cannot be had back from what they became. */
  readonly values: ReadonlyMap<string, readonly ChangedColumn[]>
  /** Columns whose values do not tell a row any more as they did. */
  readonly unsteady: ReadonlySet<string>
}

/** By conversions of their type, and by UPDATE. */
export function changedColumns(journey: Journey): ChangedColumns {
  const before = columnTypes(journey.before)
  const after = columnTypes(journey.after)
  const renamed = renamedTypes(journey.before.identities, journey.after.identities)
  const conversions = convertedColumns(journey.statements, journey.schema)
  const written = writtenColumns(journey)
  const values = new Map<string, readonly ChangedColumn[]>()
  const unsteady = new Set<string>()
  for (const { id, now } of journey.pairs) {
    const from = before.get(id)
    const to = after.get(id)
    if (now === undefined || from === undefined || to === undefined) continue
    const given = (conversions.get(plainName(now)) ?? { how: 'cast' }).how
    const isRetyped = (renamed.get(to) ?? to) !== from
    const how = isZoning(given) && !isRetyped ? 'computed' : given
    const write = written.get(id)
    if (write !== undefined || how === 'computed' || (isRetyped && !areIntegers(from, to))) unsteady.add(id)
    const column = columnOf(id, journey.before.identities)
    const changed = { column, after: { column: now.name, type: to } }
    if (how === 'computed' || (isRetyped && !keepsWhatComesThrough(from, to, how))) {
      const removed = isRetyped ? [] : removedLabels(from, to, journey)
      values.set(id, [removed.length === 0 ? changed : { ...changed, only: holdsOneOf(column, from, removed) }])
    } else if (write !== undefined) {
      values.set(id, [write === 'nulls' ? { ...changed, only: `${quoteIdentifier(column)} IS NULL` } : changed])
    }
  }
  return { values, unsteady }
}

function areIntegers(...types: readonly string[]): boolean {
  return types.every((type) => /^(smallint|integer|bigint)$/.test(type))
}

function columnOf(id: string, identities: readonly Identity[]): string {
  return identities.find((identity) => identity.id === id)?.name ?? ''
}

/** The type of each column by its identity, as the catalog writes it. */
function columnTypes({ catalog, identities }: Moment): ReadonlyMap<string, string> {
  const types = new Map(
    catalog.objects
      .filter(({ kind }) => kind === 'column')
      .map(({ name, definition }) => [JSON.stringify(splitName(name)), String(definition['type'])]),
  )
  return new Map(
    identities.flatMap(({ id, kind, schema, parent, name }) => {
      const type = kind === 'column' ? types.get(JSON.stringify([schema, parent, name])) : undefined
      return type === undefined ? [] : [[id, type] as const]
    }),
  )
}

/** From the name of a type after to that before, both as a catalog writes them where they need no quotes or all do. */
function renamedTypes(before: readonly Identity[], after: readonly Identity[]): ReadonlyMap<string, string> {
  const old = new Map(before.filter(isType).map((identity) => [identity.id, identity]))
  return new Map(
    after.filter(isType).flatMap((identity) => {
      const was = old.get(identity.id)
      if (was === undefined || plainName(was) === plainName(identity)) return []
      return [
        [written(identity), written(was)] as const,
        [`${written(identity)}[]`, `${written(was)}[]`] as const,
      ]
    }),
  )
}

function isType({ kind }: Identity): boolean {
  return kind === 'type' || kind === 'domain'
}

function written({ schema, name }: Identity): string {
  const part = (text: string): string => (/^[a-z_][a-z0-9_]*$/.test(text) ? text : quoteIdentifier(text))
  return `${part(schema)}.${part(name)}`
}

/** Values of an enum that its column had and that the new one has not. */
function removedLabels(from: string, to: string, { before, after }: Journey): readonly string[] {
  const kept = labelsOf(to, after)
  return labelsOf(from, before).filter((label) => !kept.includes(label))
}

function labelsOf(type: string, { catalog }: Moment): readonly string[] {
  const name = type.replace(/(\[\])+$/, '')
  const values = catalog.objects.find((object) => object.kind === 'enum' && object.name === name)?.definition['values']
  return Array.isArray(values) ? (values as readonly string[]) : []
}

function holdsOneOf(column: string, type: string, labels: readonly string[]): string {
  const list = labels.map((label) => quoteLiteral(label).trim()).join(', ')
  const name = quoteIdentifier(column)
  return type.endsWith('[]') ? `${name}::text[] && ARRAY[${list}]` : `${name}::text IN (${list})`
}

/** Columns that an UPDATE of the script writes: `nulls` where it only fills what is NULL. */
function writtenColumns({ statements, schema, before, after, pairs }: Journey): ReadonlyMap<string, 'nulls' | 'any'> {
  const found = new Map<string, 'nulls' | 'any'>()
  const tables = [...after.identities, ...before.identities].filter(({ kind }) => kind === 'table')
  for (const { node } of statements) {
    if (!('UpdateStmt' in node)) continue
    const { relation, targetList = [], whereClause } = node.UpdateStmt
    const name = relationName(relation, schema)
    const table = tables.find((identity) => plainName(identity) === name)?.id
    for (const target of targetList) {
      const column = 'ResTarget' in target ? target.ResTarget.name : undefined
      const pair = pairs.find((one) => one.table === table && (one.now?.name === column || one.column === column))
      if (pair === undefined || column === undefined) continue
      const isFill = targetList.length === 1 && isNullTest(whereClause, column)
      found.set(pair.id, isFill && found.get(pair.id) !== 'any' ? 'nulls' : 'any')
    }
  }
  return found
}

function isNullTest(condition: unknown, column: string): boolean {
  const test = isRecord(condition) ? condition['NullTest'] : undefined
  if (!isRecord(test) || test['nulltesttype'] !== 'IS_NULL') return false
  return JSON.stringify(test['arg']).includes(`"sval":${JSON.stringify(column)}`)
}
