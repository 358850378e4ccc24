import { referenceDuplicate } from './errors.ts'
import { type DeclaredFile, type DeclaredRow, type DeclaredValue, placeOf, type RemovedPolicy } from './declared.ts'

/** All that is declared for one model: the rows of its files, overlaid. */
export interface DeclaredSet {
  readonly model: string
  readonly key: readonly string[]
  readonly removed: RemovedPolicy
  readonly rows: readonly PlacedRow[]
}

/** A row and the file in which it stands. */
export interface PlacedRow {
  readonly file: DeclaredFile
  readonly row: DeclaredRow
}

/**
 * Lays a model's files over each other, the later over the earlier: a row with the same natural key is replaced value
 * by value, so that it need say no more than what differs; every other row is added.
 * @param keyNames the names, as the files write them, whose values make up the key
 * @throws SEED_REFERENCE_DUPLICATE for a key that stands twice in one file
 */
export function mergeFiles(
  files: readonly DeclaredFile[],
  keyNames: (row: DeclaredRow) => readonly string[],
): readonly PlacedRow[] {
  const merged = new Map<string, PlacedRow>()
  for (const file of files) {
    for (const row of file.rows) {
      const names = keyNames(row)
      const key = JSON.stringify(names.map((name) => keyText(row.values[row.names.indexOf(name)] ?? null)))
      const below = merged.get(key)
      if (below?.file === file) throw referenceDuplicate(file.model, placeOf(file, row), placeOf(file, below.row))
      merged.set(key, below === undefined ? { file, row } : { file, row: overlay(below.row, row) })
    }
  }
  return [...merged.values()]
}

function keyText(value: DeclaredValue): string | null {
  if (value === null || typeof value === 'string') return value
  return value.kind === 'text' ? value.text : value.json
}

function overlay(below: DeclaredRow, above: DeclaredRow): DeclaredRow {
  const rest = below.names.filter((name) => !above.names.includes(name))
  if (rest.length === 0) return above
  return {
    names: [...above.names, ...rest],
    values: [...above.values, ...rest.map((name) => below.values[below.names.indexOf(name)] ?? null)],
    line: above.line,
  }
}
