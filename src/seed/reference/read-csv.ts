import { CsvError, parse } from 'csv-parse/sync'
import { referenceSyntax } from './errors.ts'
import { csvColumn } from './csv-column.ts'
import type { DeclaredFile, DeclaredRow } from './declared.ts'
import { readSettings } from './reference-settings.ts'

/**
 * Reads reference data from CSV (RFC 4180): a line of field names, then rows. An empty cell is NULL, `""` an empty
 * text; every other cell is PostgreSQL's own text form. Before the names may stand `# tide: key=a,b removed=delete`.
 * @throws SEED_REFERENCE_SYNTAX with line and column
 */
export function readCsv(path: string, model: string, text: string): DeclaredFile {
  const records = parseRecords(path, text)
  const [head, ...rest] = records
  if (head === undefined) throw referenceSyntax(path, 'The file is empty; its first line names the fields.', 1)
  const names = head.record.map((name) => name?.trim() ?? '')
  const unnamed = names.indexOf('')
  if (unnamed >= 0) throw referenceSyntax(path, `Column ${unnamed + 1} of the first line has no name.`, head.line)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw referenceSyntax(path, `The first line names ${twice} twice.`, head.line)
  const rows = rest.map(({ record, line }): DeclaredRow => ({ names, values: record, line }))
  return { path, text, format: 'csv', model, ...readSettings(path, directive(text), 1), rows }
}

interface CsvRecord {
  readonly record: readonly (string | null)[]
  readonly line: number
}

function parseRecords(path: string, text: string): readonly CsvRecord[] {
  try {
    const parsed = parse(text, {
      bom: true,
      comment: '# tide:',
      comment_no_infix: true,
      skip_empty_lines: true,
      info: true,
      cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
    }) as unknown as readonly { readonly record: (string | null)[]; readonly info: { readonly lines: number } }[]
    return parsed.map(({ record, info }) => ({ record, line: info.lines - breaksIn(record) }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines, column } = error as CsvError & { readonly lines?: number; readonly column?: number }
    // Of a line of the wrong length it tells the number of cells, else the index of a cell.
    const index = typeof column === 'number' && error.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH' ? column - 1 : column
    const place = typeof index === 'number' ? csvColumn(text, lines ?? 1, index) : undefined
    throw referenceSyntax(path, `${error.message}.`.replace(/\.\.$/, '.'), lines ?? 1, place)
  }
}

/** The reader counts the lines up to the end of a record; a quoted cell may hold line breaks. */
function breaksIn(record: readonly (string | null)[]): number {
  return record.reduce((sum, cell) => sum + (cell === null ? 0 : cell.split('\n').length - 1), 0)
}

/** What stands behind `# tide:` in the lines before the names. */
function directive(text: string): Readonly<Record<string, string>> {
  const settings: Record<string, string> = {}
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    const found = /^# tide:(.*)$/.exec(line.trim())
    if (found === null) break
    for (const [, name = '', value = ''] of (found[1] ?? '').matchAll(/([^\s=]+)=(\S*)/g)) settings[name] = value
  }
  return settings
}
