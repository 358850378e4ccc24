import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { spokenName } from '../../postgres/catalog/names.ts'
import { uniqueKeys } from '../rollback/unique-keys.ts'
import type { Archive } from './archive.ts'
import { archiveName } from './archive-name.ts'
import { heldColumns, isSameTable } from './catalog-table.ts'
import { readForeignKey } from './foreign-key.ts'
import { comparedType } from './stored-type.ts'
import type { ChangedColumn, TableLoss } from './losses.ts'

/** An archive with what is needed to write it. */
export interface PlannedArchive extends Archive {
  readonly loss: TableLoss
  /** Of `values`. */
  readonly changed?: ChangedColumn
}

/** What is to be archived, and the tables of which nothing can be: no key tells their rows, or whom they point at. */
export interface ArchivePlan {
  readonly archives: readonly PlannedArchive[]
  readonly keyless: readonly TableLoss[]
}

/** @param migration makes the names of the archives its own */
export function planArchives(losses: readonly TableLoss[], before: Catalog, migration: string): ArchivePlan {
  const keys = uniqueKeys(before)
  const keyOf = (loss: TableLoss): readonly string[] | undefined =>
    keys
      .filter(({ table }) => table === spokenName([loss.source.schema, loss.source.name]))
      .find(({ columns }) => isSteady(columns, loss))?.columns
  const lost = losses.filter((loss) => loss.after !== undefined && keyOf(loss) === undefined)
  const planned = losses.map((whole) => {
    const loss = withoutDangling(whole, lost)
    if (loss === undefined) return { loss: whole, archives: [] }
    if (loss.after === undefined) return { loss, archives: [wholeRows(loss, migration)] }
    const key = keyOf(loss)
    return { loss, archives: key === undefined ? [] : ofColumns(loss, key, migration) }
  })
  return {
    archives: planned.flatMap(({ archives }) => archives),
    keyless: planned.filter(({ archives }) => archives.length === 0).map(({ loss }) => loss),
  }
}

/**
 * What is left when values that point at values which are lost are left out: had they come back alone, their foreign
 * key could not. Undefined where nothing is.
 */
function withoutDangling(loss: TableLoss, lost: readonly TableLoss[]): TableLoss | undefined {
  const dangling = new Set(
    [...loss.table.constraints.values()].flatMap((definition) => {
      const key = readForeignKey(definition)
      const parent = key === undefined ? undefined : lost.find(({ source }) => isSameTable(source, key.parent))
      const isLost = key?.references.some((column) => parent !== undefined && loses(parent, column)) === true
      return isLost ? key.columns : []
    }),
  )
  if (dangling.size === 0) return loss
  if (loss.after === undefined) return undefined
  const columns = loss.columns.filter((column) => !dangling.has(column))
  const values = loss.values.filter(({ column }) => !dangling.has(column))
  return columns.length + values.length === 0 ? undefined : { ...loss, columns, values }
}

function loses({ columns, values }: TableLoss, column: string): boolean {
  return columns.includes(column) || values.some((changed) => changed.column === column)
}

function isSteady(columns: readonly string[], { table, steady }: TableLoss): boolean {
  return columns.every((name) => steady.has(name) && table.columns.get(name)?.definition['notNull'] === true)
}

function wholeRows(loss: TableLoss, migration: string): PlannedArchive {
  const { source } = loss
  return { kind: 'rows', name: archiveName(migration, source), source, key: [], columns: heldColumns(loss.table), loss }
}

function ofColumns(loss: TableLoss, key: readonly string[], migration: string): readonly PlannedArchive[] {
  const { source, columns } = loss
  const gone: readonly PlannedArchive[] =
    columns.length === 0 ? [] : [{ kind: 'columns', name: archiveName(migration, source), source, key, columns, loss }]
  const values = loss.values.map((changed): PlannedArchive => {
    const { column } = changed
    const became = { column: freeName('became', [...key, column]), type: comparedType(changed.after.type) }
    const name = archiveName(migration, source, column)
    return { kind: 'values', name, source, key, columns: [column], became, loss, changed }
  })
  return [...gone, ...values]
}

function freeName(name: string, taken: readonly string[]): string {
  return taken.includes(name) ? freeName(`${name}_`, taken) : name
}
