import { copyLine } from '../../../postgres/copy/copy-text.ts'
import { quoteIdentifier, quoteQualified } from '../../../postgres/quote.ts'
import type { TableFacts } from '../../../postgres/tables/table-facts.ts'
import type { Cell } from '../../cell.ts'
import type { FileFormat } from './formats.ts'

/** Writes rows of one table in one format. */
export interface RowEncoder {
  /** What stands before the first row. */
  readonly head: string
  encode(rows: readonly (readonly Cell[])[]): string
}

/** One INSERT for so many rows: few round trips, and lines that an editor still opens. */
const rowsPerInsert = 200

/** Every format but CSV has no line break within a line, so that it can be read line by line. */
export function createEncoder(format: FileFormat, table: TableFacts, columns: readonly string[]): RowEncoder {
  if (format === 'copy') return { head: '', encode: (rows) => rows.map(copyLine).join('') }
  if (format === 'csv') return { head: csvLine(columns), encode: (rows) => rows.map(csvLine).join('') }
  if (format === 'ndjson') {
    const isNative = columns.map((name) => nativeColumn(table, name))
    return { head: '', encode: (rows) => rows.map((cells) => jsonLine(columns, cells, isNative)).join('') }
  }
  const target = quoteQualified(table.schema, table.name)
  const insert = `INSERT INTO ${target} (${columns.map(quoteIdentifier).join(', ')}) OVERRIDING SYSTEM VALUE VALUES `
  return {
    head: '',
    encode: (rows) => {
      const values = rows.map((cells) => `(${cells.map(sqlValue).join(', ')})`)
      let text = ''
      for (let start = 0; start < values.length; start += rowsPerInsert) {
        text += `${insert}${values.slice(start, start + rowsPerInsert).join(', ')};\n`
      }
      return text
    },
  }
}

/** `UPDATE … SET … WHERE …;` on a line of its own. */
export function updateLine(
  table: TableFacts,
  set: ReadonlyMap<string, Cell>,
  where: ReadonlyMap<string, Cell>,
): string {
  const equations = (cells: ReadonlyMap<string, Cell>): readonly string[] =>
    [...cells].map(([name, cell]) => `${quoteIdentifier(name)} = ${sqlValue(cell)}`)
  const target = quoteQualified(table.schema, table.name)
  return `UPDATE ${target} SET ${equations(set).join(', ')} WHERE ${equations(where).join(' AND ')};\n`
}

/** A literal that fits into one line. */
function sqlValue(cell: Cell): string {
  if (cell === null) return 'NULL'
  const quoted = `'${cell.replaceAll("'", "''")}'`
  if (!/[\\\n\r]/.test(cell)) return quoted
  return `E${quoted.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}`
}

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\n`
}

/** Nothing is NULL, `""` an empty text. */
function csvCell(cell: Cell): string {
  if (cell === null) return ''
  return cell === '' || /["',\n\r\\]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** Types that JSON has as well, with all of their values. */
function nativeColumn({ columns }: TableFacts, name: string): boolean {
  const column = columns.find((one) => one.name === name)
  return column?.arrayDimensions === 0 && ['int2', 'int4', 'bool'].includes(column.baseType)
}

function jsonLine(columns: readonly string[], cells: readonly Cell[], isNative: readonly boolean[]): string {
  const pairs = cells.map((cell, place) => `${JSON.stringify(columns[place])}:${jsonValue(cell, isNative[place] === true)}`)
  return `{${pairs.join(',')}}\n`
}

function jsonValue(cell: Cell, isNative: boolean): string {
  if (!isNative || cell === null) return JSON.stringify(cell)
  if (cell === 't' || cell === 'true') return 'true'
  if (cell === 'f' || cell === 'false') return 'false'
  return /^(0|-?[1-9]\d*)$/.test(cell) ? cell : JSON.stringify(cell)
}
