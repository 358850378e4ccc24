import type { ModelInfo } from '../../prisma/data-model.ts'
import { nearestName } from '../../errors/nearest-name.ts'
import { tablesMissing } from '../errors.ts'
import { referenceFieldUnknown, referenceKeyMissing, referenceModelUnknown } from './errors.ts'
import { type DeclaredFile, type DeclaredRow, placeOf } from './declared.ts'
import { mergeFiles } from './merge-files.ts'
import { orderSets } from './order-sets.ts'
import { chooseKey, filledColumns, plainUniques } from './reference-key.ts'
import { resolveNames } from './resolve-names.ts'
import { type ReferenceSet, resolveSet } from './resolve-set.ts'
import { findModel, type SchemaTables, tableOf } from './schema-tables.ts'

/**
 * Understands all reference data of an environment: finds models, natural keys and relations, and puts the sets into
 * the order of their foreign keys.
 * @param files of each model the base first, then what lies over it
 * @throws SEED_TABLES_MISSING, SEED_REFERENCE_*
 */
export function resolveReference(tables: SchemaTables, files: readonly DeclaredFile[]): readonly ReferenceSet[] {
  const byModel = new Map<string, { readonly model: ModelInfo; readonly files: DeclaredFile[] }>()
  for (const file of files) {
    const { model, nearest } = findModel(tables, file.model)
    if (model === undefined || model.isView) throw referenceModelUnknown(file.path, file.model, nearest)
    const group = byModel.get(model.name) ?? { model, files: [] }
    group.files.push(file)
    byModel.set(model.name, group)
  }
  const missing = [...byModel.keys()].filter((name) => !tables.tables.has(name))
  if (missing.length > 0) throw tablesMissing(missing)

  const keys = new Map([...byModel].map(([name, group]) => [name, findKey(tables, group.model, group.files)]))
  const sets = [...byModel.values()].map(({ model, files: own }) => {
    const columns = keys.get(model.name) ?? []
    const rows = mergeFiles(own, (row) => namesOf(model, row, columns))
    const removed = own.findLast((file) => file.removed !== undefined)?.removed ?? 'keep'
    return resolveSet(tables, model, { model: model.name, key: columns, removed, rows }, keys)
  })
  return orderSets(sets)
}

/** The columns of the natural key: stated, or the first unique set that every row declares. */
function findKey(tables: SchemaTables, model: ModelInfo, files: readonly DeclaredFile[]): readonly string[] {
  const table = tableOf(tables, model)
  const shapes = new Map<readonly string[], { readonly file: DeclaredFile; readonly row: DeclaredRow }>()
  for (const file of files) {
    for (const row of file.rows) if (!shapes.has(row.names)) shapes.set(row.names, { file, row })
  }
  const filledBy = [...shapes.values()].map((placed) => {
    const parts = resolveNames(tables, model, table, placed)
    return { placed, filled: new Set(parts.flatMap((part) => part.filled)) }
  })
  const stated = files.findLast((file) => file.key !== undefined)
  const wanted = stated === undefined ? undefined : statedKey(model, stated)
  const [first] = filledBy
  if (first === undefined) return wanted ?? []
  const common = new Set([...first.filled].filter((column) => filledBy.every(({ filled }) => filled.has(column))))
  const key = wanted ?? chooseKey(table, common)
  const lacking = filledBy.find(({ filled }) => key?.every((column) => filled.has(column)) !== true)
  if (key !== undefined && lacking === undefined) return key
  const { file, row } = (lacking ?? first).placed
  const uniques = plainUniques(table).map((columns) => fieldsOf(model, columns))
  const said = wanted === undefined ? undefined : fieldsOf(model, wanted)
  throw referenceKeyMissing(model.name, said, uniques, placeOf(file, row))
}

function statedKey(model: ModelInfo, file: DeclaredFile): readonly string[] {
  return (file.key ?? []).flatMap((name) => {
    const field = model.fields.find((one) => one.name === name)
    const columns = field === undefined ? [] : filledColumns(model, field)
    if (columns.length > 0) return columns
    const nearest = nearestName(name, model.fields.map((one) => one.name))
    throw referenceFieldUnknown(model.name, name, nearest, { file: file.path })
  })
}

/** The names in a row that fill these columns. */
function namesOf(model: ModelInfo, row: DeclaredRow, columns: readonly string[]): readonly string[] {
  return row.names
    .filter((name) => {
      const field = model.fields.find((one) => one.name === name.split('.')[0])
      return field !== undefined && filledColumns(model, field).some((column) => columns.includes(column))
    })
    .sort()
}

function fieldsOf(model: ModelInfo, columns: readonly string[]): readonly string[] {
  return columns.map((column) => model.fields.find((one) => one.column === column)?.name ?? column)
}
