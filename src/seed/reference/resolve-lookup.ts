import type { EnumInfo, ModelInfo } from '../../prisma/data-model.ts'
import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import { referenceFieldUnusable } from './errors.ts'
import { type DeclaredValue, placeOf } from './declared.ts'
import type { PlacedRow } from './merge-files.ts'
import { naturalKey, plainUniques } from './reference-key.ts'
import type { NamedPart } from './resolve-names.ts'
import { findModel, type SchemaTables, tableOf } from './schema-tables.ts'

/** How the key of another row is found by what it is declared as. */
export interface Lookup {
  /** The relation. */
  readonly name: string
  readonly target: TableFacts
  readonly targetModel: string
  /** The columns filled, and those of the target that they take over, in the same order. */
  readonly filled: readonly string[]
  readonly references: readonly string[]
  /** What the target is found by, and where a row says it. */
  readonly matches: readonly LookupMatch[]
}

/** One column that a target is found by. */
export interface LookupMatch {
  readonly column: ColumnFacts
  readonly labels: EnumInfo | undefined
  /** The declared name, and below it the member of an object. */
  readonly name: string
  readonly member: string | undefined
}

type RelationPart = Extract<NamedPart, { kind: 'relation' }>

interface LookupScene {
  readonly tables: SchemaTables
  readonly model: ModelInfo
  readonly table: TableFacts
  /** A row of the shape at hand. */
  readonly placed: PlacedRow
  /** The natural keys of the models that have reference data, as columns. */
  readonly keys: ReadonlyMap<string, readonly string[]>
}

/**
 * Understands a relation, given as `country`, or as one or more of `parent.slug`.
 * @throws SEED_REFERENCE_FIELD_UNUSABLE
 */
export function resolveLookup(scene: LookupScene, parts: readonly RelationPart[]): Lookup {
  const { tables, table } = scene
  const [part] = parts as readonly [RelationPart]
  const targetModel = findModel(tables, part.field.type).model
  if (targetModel === undefined) throw unusable(scene, part.name, `There is no model ${part.field.type}.`)
  const target = tableOf(tables, targetModel)
  const foreignKey = table.foreignKeys.find(
    ({ columns }) => columns.length === part.filled.length && columns.every((column) => part.filled.includes(column)),
  )
  if (foreignKey === undefined) throw unusable(scene, part.name, 'The database has no foreign key for it.')
  const members = memberNames(scene, parts)
  const fields = members ?? fieldsOf(targetModel, target, scene.keys)
  const matches = fields.map(({ field, name, member }): LookupMatch => {
    const info = targetModel.fields.find((one) => one.name === field)
    const column = target.columns.find((one) => one.name === info?.column)
    if (info === undefined || column === undefined) {
      throw unusable(scene, name ?? part.name, `${targetModel.name} has no column ${field}.`)
    }
    return { column, labels: tables.data.enums.find((one) => one.name === info.type), name: name ?? part.name, member }
  })
  const matched = new Set(matches.map(({ column }) => column.name))
  if (!plainUniques(target).some((columns) => columns.every((name) => matched.has(name)))) {
    const named = fields.map(({ field }) => field).join(', ')
    const reason = named === '' ? `Nothing names one row of ${targetModel.name}: it has no unique field.` : `${named} does not name one row of ${targetModel.name}.`
    throw unusable(scene, part.name, reason)
  }
  if (members === undefined && matches.length > 1) {
    const names = fields.map(({ field }) => `${part.name}.${field}`).join(', ')
    throw unusable(scene, part.name, `The key of ${targetModel.name} has several fields; declare ${names}.`)
  }
  return {
    name: part.field.name,
    target,
    targetModel: targetModel.name,
    filled: foreignKey.columns,
    references: foreignKey.target.columns,
    matches,
  }
}

interface MatchedField {
  readonly field: string
  readonly name?: string
  readonly member: string | undefined
}

/** The fields of the other side that the file itself names: in the column's name, or as members of an object. */
function memberNames(
  { placed: { row } }: LookupScene,
  parts: readonly RelationPart[],
): readonly MatchedField[] | undefined {
  if (parts.some(({ path }) => path !== undefined)) {
    return parts.map(({ name, path }) => ({ field: path ?? '', name, member: undefined }))
  }
  const name = parts[0]?.name ?? ''
  const value: DeclaredValue | undefined = row.values[row.names.indexOf(name)]
  if (typeof value !== 'object' || value?.kind !== 'object') return undefined
  return [...value.members.keys()].map((member) => ({ field: member, member }))
}

function fieldsOf(
  model: ModelInfo,
  table: TableFacts,
  keys: ReadonlyMap<string, readonly string[]>,
): readonly MatchedField[] {
  // A file without a row says nothing of its key.
  const stated = keys.get(model.name) ?? []
  const columns = stated.length > 0 ? stated : (naturalKey(table) ?? [])
  return columns.map((column) => ({
    field: model.fields.find((one) => one.column === column)?.name ?? column,
    member: undefined,
  }))
}

function unusable({ model, placed: { file, row } }: LookupScene, name: string, why: string): Error {
  return referenceFieldUnusable(model.name, name, why, placeOf(file, row, name))
}
