import type { Connection } from '../../postgres/connect.ts'
import { copyOut } from '../../postgres/copy/copy-out.ts'
import { copyRows } from '../../postgres/copy/copy-rows.ts'
import { quoteIdentifier, quoteQualified } from '../../postgres/quote.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import { tableKey } from '../../seed/plan/table-key.ts'
import { explainingSource } from '../source/explain-source.ts'
import type { SubsetPlan } from './plan-subset.ts'
import type { Relation } from './relation.ts'
import { rowHash } from './row-hash.ts'
import { readPlace, type RowSet, writePlace } from './row-set.ts'
import { createSelection, type Selection } from './selection.ts'
import type { SubsetWish } from './wish.ts'

/** What is taken of which source. */
export interface TakeInput {
  /** In the snapshot of the source. */
  readonly connection: Connection
  readonly tables: readonly TableFacts[]
  readonly relations: readonly Relation[]
  readonly reference: ReadonlySet<string>
  readonly plan: SubsetPlan
  readonly wish: SubsetWish
  /** SQL conditions by `schema.table`. */
  readonly filters: ReadonlyMap<string, string>
  readonly salt: string
  readonly report?: (table: string) => void
  readonly signal?: AbortSignal
}

/** Rows whose relations one query looks at. */
const rowsPerQuery = 2000

/**
 * Chooses the rows of a subset, by their places alone: no value leaves the server for it, nothing is written there, and
 * what is kept here is 16 bytes a row. All that a chosen row points to is chosen as well.
 * @throws FIXTURE_SUBSET_LARGE, FIXTURE_SOURCE_*
 */
export async function takeSubset(input: TakeInput): Promise<Selection> {
  const { plan, tables, relations, wish } = input
  const selection = createSelection()
  const byKey = new Map(tables.map((table) => [tableKey(table), table]))
  for (const key of plan.starts) {
    const table = byKey.get(key)
    if (table !== undefined) await addRows(input, selection, table, startQuery(input, table, wish))
  }
  for (const relation of plan.down) await follow(input, selection, relation)
  await closeUpward(input, selection)
  for (const key of plan.along) {
    const table = byKey.get(key)
    if (table === undefined) continue
    const driving = relations.find(
      ({ child, parent }) => child === table && parent !== table && !input.reference.has(tableKey(parent)),
    )
    // What points to nothing is there where something points to it.
    if (driving !== undefined) await comeAlong(input, selection, driving)
  }
  await closeUpward(input, selection)
  return selection
}

/** The rows of a start, in the order of the key: so many of them, those of the filter, or all. */
function startQuery({ filters, salt }: TakeInput, table: TableFacts, { percent, rows }: SubsetWish): string {
  const filter = filters.get(tableKey(table))
  const from = `${quoted(table)} AS t${filter === undefined ? '' : ` WHERE ${holds(table, 't', filter)}`}`
  const place = 't.tableoid::text, t.ctid::text'
  if (percent === undefined && rows === undefined) return `SELECT ${place} FROM ${from}`
  const limit =
    rows === undefined ? `(SELECT ceil(count(*) * ${percent ?? 100} / 100.0)::bigint FROM ${from})` : String(rows)
  return `SELECT ${place} FROM ${from} ORDER BY ${rowHash(table, 't', salt)} LIMIT ${limit}`
}

async function addRows(input: TakeInput, selection: Selection, table: TableFacts, query: string): Promise<number> {
  const key = tableKey(table)
  let added = 0
  input.report?.(key)
  await eachRow(input, key, query, ([relation, ctid]) => {
    if (selection.add(key, { relation: relation ?? '', place: readPlace(ctid ?? '') })) added += 1
  })
  return added
}

async function eachRow(
  { connection, signal }: TakeInput,
  table: string,
  query: string,
  take: (cells: readonly (string | null)[]) => void,
): Promise<void> {
  signal?.throwIfAborted()
  await explainingSource(`rows of ${table} were chosen`, async () => {
    for await (const rows of copyRows(copyOut(connection, query))) rows.forEach(take)
  })
}

/** The children of all chosen parents: of each parent the first few in the order of the key. */
async function follow(input: TakeInput, selection: Selection, relation: Relation): Promise<void> {
  const { child, parent } = relation
  for (const chosen of batches(selection.parts(tableKey(parent)))) {
    await addRows(input, selection, child, childrenQuery(input, relation, chosen, []))
  }
}

/** @param others further relations of the child, whose parents' places are asked for too */
function childrenQuery(
  { filters, salt, wish }: TakeInput,
  relation: Relation,
  chosen: Batch,
  others: readonly Relation[],
): string {
  const { child, parent } = relation
  const filter = filters.get(tableKey(child))
  const inner = `SELECT c.tableoid::text AS r0, c.ctid::text AS p0,
      ${others.map((_, place) => `o${place}.tableoid::text AS r${place + 1}, o${place}.ctid::text AS p${place + 1}, `).join('')}
      row_number() OVER (PARTITION BY p.ctid ORDER BY ${rowHash(child, 'c', salt)}) AS place
    FROM ${quoted(parent)} AS p JOIN ${quoted(child)} AS c ON ${joinOf(relation, 'c', 'p')}
    ${others.map((other, place) => `LEFT JOIN ${quoted(other.parent)} AS o${place} ON ${joinOf(other, 'c', `o${place}`)}`).join(' ')}
    WHERE ${isAmong('p', chosen)}${filter === undefined ? '' : ` AND ${holds(child, 'c', filter)}`}`
  const names = ['r0', 'p0', ...others.flatMap((_, place) => [`r${place + 1}`, `p${place + 1}`])]
  return `SELECT ${names.join(', ')} FROM (${inner}) AS found WHERE place <= ${wish.children}`
}

/** Rows of a table that nothing reaches downward: those of which all parents are there. */
async function comeAlong(input: TakeInput, selection: Selection, driving: Relation): Promise<void> {
  const { child } = driving
  const others = input.relations.filter(
    (one) =>
      one.child === child && one !== driving && one.parent !== child && !input.reference.has(tableKey(one.parent)),
  )
  const key = tableKey(child)
  for (const chosen of batches(selection.parts(tableKey(driving.parent)))) {
    input.report?.(key)
    await eachRow(input, key, childrenQuery(input, driving, chosen, others), (cells) => {
      const isThere = others.every(({ parent }, place) => {
        const relation = cells[2 * place + 2]
        const ctid = cells[2 * place + 3]
        if (typeof relation !== 'string' || typeof ctid !== 'string') return true
        return selection.has(tableKey(parent), { relation, place: readPlace(ctid) })
      })
      if (isThere) selection.add(key, { relation: cells[0] ?? '', place: readPlace(cells[1] ?? '') })
    })
  }
}

/** Chooses what chosen rows point to, until nothing is missing. */
async function closeUpward(input: TakeInput, selection: Selection): Promise<void> {
  const { tables, relations, reference } = input
  const upward = relations.filter(({ parent }) => !reference.has(tableKey(parent)))
  const seen = new Map<string, RowPlaces>(tables.map((table) => [tableKey(table), new Map()]))
  for (;;) {
    let grown = 0
    for (const table of tables) {
      const key = tableKey(table)
      const own = upward.filter(({ child }) => child === table)
      if (own.length === 0) continue
      const fresh = unseen(selection.parts(key), seen.get(key) ?? new Map())
      seen.set(key, copyOf(selection.parts(key)))
      for (const chosen of batches(fresh)) {
        for (const relation of own) {
          const query = `SELECT DISTINCT p.tableoid::text, p.ctid::text FROM ${quoted(relation.child)} AS c
            JOIN ${quoted(relation.parent)} AS p ON ${joinOf(relation, 'c', 'p')} WHERE ${isAmong('c', chosen)}`
          grown += await addRows(input, selection, relation.parent, query)
        }
      }
    }
    if (grown === 0) return
  }
}

type RowPlaces = ReadonlyMap<string, Pick<RowSet, 'sorted'>>

/** Rows that one query looks at. */
export interface Batch {
  readonly relation: string
  readonly places: Float64Array
}

/** Chosen rows in pieces for one query each. */
export function* batches(parts: RowPlaces, size = rowsPerQuery): Generator<Batch> {
  for (const [relation, rows] of parts) {
    const places = rows.sorted()
    for (let at = 0; at < places.length; at += size) yield { relation, places: places.subarray(at, at + size) }
  }
}

/** What is in one and not yet in the other. */
function unseen(parts: ReadonlyMap<string, RowSet>, before: RowPlaces): RowPlaces {
  return new Map(
    [...parts].map(([relation, rows]) => {
      const old = before.get(relation)?.sorted() ?? new Float64Array()
      let at = 0
      const fresh = rows.sorted().filter((place) => {
        while (at < old.length && (old[at] ?? 0) < place) at += 1
        return old[at] !== place
      })
      return [relation, { sorted: () => fresh }]
    }),
  )
}

function copyOf(parts: ReadonlyMap<string, RowSet>): RowPlaces {
  return new Map(
    [...parts].map(([relation, rows]) => {
      const places = rows.sorted()
      return [relation, { sorted: () => places }]
    }),
  )
}

/** SQL: the row is one of these. */
export function isAmong(alias: string, { relation, places }: Batch): string {
  const list = Array.from(places, (place) => `"${writePlace(place)}"`).join(',')
  return `${alias}.tableoid = ${relation}::oid AND ${alias}.ctid = ANY ('{${list}}'::tid[])`
}

function joinOf({ child, columns, parent, parentColumns, when }: Relation, c: string, p: string): string {
  const typeOf = (table: TableFacts, name: string): string | undefined =>
    table.columns.find((column) => column.name === name)?.baseType
  const pairs = columns.map((name, place) => {
    const other = parentColumns[place] ?? ''
    const cast = typeOf(child, name) === typeOf(parent, other) ? '' : '::text'
    return `${c}.${quoteIdentifier(name)}${cast} = ${p}.${quoteIdentifier(other)}${cast}`
  })
  const condition = when === undefined ? [] : [holds(child, c, when)]
  return [...pairs, ...condition].join(' AND ')
}

/** SQL: a condition of the user's holds, whose names are those of the table alone. */
function holds(table: TableFacts, alias: string, condition: string): string {
  return `EXISTS (SELECT FROM (SELECT ${alias}.*) AS ${quoteIdentifier(table.name)} WHERE (${condition}))`
}

function quoted({ schema, name }: TableFacts): string {
  return quoteQualified(schema, name)
}
