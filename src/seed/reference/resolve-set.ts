import type { ModelInfo } from '../../prisma/data-model.ts'
import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Cell } from '../cell.ts'
import { referenceKeyEmpty, referenceValue } from './errors.ts'
import { type DeclaredValue, placeOf, type RemovedPolicy } from './declared.ts'
import type { DeclaredSet, PlacedRow } from './merge-files.ts'
import { resolveLookup, type Lookup } from './resolve-lookup.ts'
import { type NamedPart, resolveNames } from './resolve-names.ts'
import { type SchemaTables, tableOf } from './schema-tables.ts'
import { toCell } from './to-cell.ts'

/** The reference data of one model, understood: ready to be brought into its table. */
export interface ReferenceSet {
  readonly model: ModelInfo
  readonly table: TableFacts
  /** The columns of the natural key. */
  readonly key: readonly string[]
  readonly removed: RemovedPolicy
  readonly parts: readonly ReferencePart[]
}

/** Rows of one shape. */
export interface ReferencePart {
  readonly columns: readonly ColumnFacts[]
  readonly lookups: readonly Lookup[]
  readonly rows: readonly PlacedRow[]
  /** The values of the columns, then of what the lookups are found by; undefined where a row stops it. */
  readonly cells: (placed: PlacedRow) => readonly Cell[]
  /** The declared name behind each of these cells. */
  readonly names: readonly string[]
}

/**
 * Reads the rows of a model against its table.
 * @throws SEED_REFERENCE_* for the first thing that cannot be understood, with its place
 */
export function resolveSet(
  tables: SchemaTables,
  model: ModelInfo,
  declared: DeclaredSet,
  keys: ReadonlyMap<string, readonly string[]>,
): ReferenceSet {
  const table = tableOf(tables, model)
  const key = keys.get(model.name) ?? []
  const isRelation = (name: string): boolean =>
    model.fields.some((field) => field.name === name && field.relationFields.length > 0)
  const parts = groupByShape(declared.rows, isRelation).map((rows) => {
    const [first] = rows as readonly [PlacedRow]
    const named = resolveNames(tables, model, table, first)
    const plain = named.filter((part) => part.kind === 'column')
    const relations = new Map<string, Extract<NamedPart, { kind: 'relation' }>[]>()
    for (const part of named) {
      if (part.kind === 'relation') relations.set(part.field.name, [...(relations.get(part.field.name) ?? []), part])
    }
    const scene = { tables, model, table, placed: first, keys }
    const lookups = [...relations.values()].map((one) => resolveLookup(scene, one))
    const sources = [
      ...plain.map(({ name, column, labels, filled }) => ({ name, column, labels, member: undefined, isKey: key.includes(filled[0] ?? '') })),
      ...lookups.flatMap((lookup) =>
        lookup.matches.map((match) => ({ ...match, isKey: lookup.filled.some((column) => key.includes(column)) })),
      ),
    ]
    return {
      columns: plain.map(({ column }) => column),
      lookups,
      rows,
      names: sources.map(({ name }) => name),
      cells: (placed: PlacedRow) => sources.map((source) => cellOf(model, placed, source)),
    }
  })
  return { model, table, key, removed: declared.removed, parts }
}

interface Source {
  readonly name: string
  readonly column: ColumnFacts
  readonly labels: Parameters<typeof toCell>[2]
  readonly member: string | undefined
  readonly isKey: boolean
}

function cellOf(model: ModelInfo, { file, row }: PlacedRow, { name, column, labels, member, isKey }: Source): Cell {
  const declared = row.values[row.names.indexOf(name)] ?? null
  const value = member === undefined ? declared : memberOf(declared, member)
  const cell = value === undefined ? undefined : toCell(value, column, labels)
  if (cell === undefined) {
    throw referenceValue(model.name, name, `It is no value for the type ${column.type}.`, placeOf(file, row, name))
  }
  if (cell?.includes('\0') === true) {
    throw referenceValue(model.name, name, 'PostgreSQL keeps no NUL (U+0000) in a text.', placeOf(file, row, name))
  }
  if (cell === null && isKey) throw referenceKeyEmpty(model.name, name, placeOf(file, row, name))
  return cell
}

function memberOf(value: DeclaredValue, member: string): DeclaredValue | undefined {
  if (value === null) return null
  return typeof value === 'string' ? undefined : value.members.get(member)
}

/** Rows with the same names, and with the same members where a relation is given as an object. */
function groupByShape(
  rows: readonly PlacedRow[],
  isRelation: (name: string) => boolean,
): readonly (readonly PlacedRow[])[] {
  const groups = new Map<string, PlacedRow[]>()
  const shapes = new Map<readonly string[], string>()
  for (const placed of rows) {
    const { names } = placed.row
    const plain = shapes.get(names) ?? names.join('\0')
    shapes.set(names, plain)
    const shape = plain + placed.row.values.map((value, index) => membersOf(value, names[index] ?? '')).join('')
    const group = groups.get(shape)
    if (group === undefined) groups.set(shape, [placed])
    else group.push(placed)
  }
  return [...groups.values()]

  function membersOf(value: DeclaredValue, name: string): string {
    if (typeof value !== 'object' || value?.kind !== 'object' || !isRelation(name)) return ''
    return `\0${name}.${[...value.members.keys()].join('\0')}`
  }
}
