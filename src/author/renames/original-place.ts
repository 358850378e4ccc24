import { isSameObject, type ObjectName } from '../script/operation.ts'
import type { Rename } from './rename.ts'

/** Where something stands, by its names. */
export interface Place {
  readonly table: ObjectName
  readonly column: string | undefined
}

/** What a table, and a column of it, were called before the answered renames were carried out. */
export type OriginalPlace = (table: ObjectName, column?: string) => Place

/** Goes back through the renames, the last one first. */
export function originalPlaces(renames: readonly Rename[]): OriginalPlace {
  return (table, column) =>
    renames.reduceRight<Place>((place, rename) => beforeRename(place, rename), { table, column })
}

function beforeRename({ table, column }: Place, rename: Rename): Place {
  if (rename.object !== undefined && isSameObject(rename.object.now, table)) {
    return { table: rename.object.before, column }
  }
  if (rename.swapped !== undefined && isSameObject(rename.swapped, table)) {
    return { table, column: column === 'A' ? 'B' : column === 'B' ? 'A' : column }
  }
  const isColumn = rename.column !== undefined && isSameObject(rename.column.table, table)
  return isColumn && rename.column.now === column ? { table, column: rename.column.before } : { table, column }
}
