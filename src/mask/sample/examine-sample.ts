import type { Connection } from '../../postgres/connect.ts'
import { quoteIdentifier, quoteQualified } from '../../postgres/quote.ts'
import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import type { DataModel } from '../../prisma/data-model.ts'
import { typeGroup } from '../../seed/classify/type-group.ts'
import { nameTables, type NamedTable } from '../../seed/plan/name-tables.ts'
import type { ReviewedClassification } from '../classification/classification.ts'
import { detectors } from './detectors.ts'

/** A column that is kept, or taken for a key, and whose values look personal. Holds none of them. */
export interface Alarm {
  /** `Model.field`. */
  readonly where: string
  readonly class: string
  /** `an e-mail address`. */
  readonly evidence: string
  /** How many values were looked at, and in how many it was found. */
  readonly examined: number
  readonly found: number
}

/** Which columns are looked at. */
export interface SampleInput {
  readonly tables: readonly TableFacts[]
  readonly classification: ReviewedClassification
  readonly model?: DataModel
  /** Where tables of models without `@@schema` are. */
  readonly schema: string
  /** Rows of each table; 1,000 where nothing is said. */
  readonly rows?: number
}

/**
 * Looks at a sample of the values of every column that is classified N or K, and says which look personal. Values are
 * looked at in memory and dropped: none is printed, stored or handed on.
 * @param connection to the source; reads only
 */
export async function examineSample(connection: Connection, input: SampleInput): Promise<readonly Alarm[]> {
  const alarms: Alarm[] = []
  for (const table of nameTables(input.tables, input.model, input.schema)) {
    const columns = suspects(table, input.classification)
    if (columns.length > 0) alarms.push(...(await examineTable(connection, table, columns, input.rows ?? 1000)))
  }
  return alarms
}

/** True for alarms that nobody has explained: see `keptBecause`. */
export function isOpenAlarm({ tables }: ReviewedClassification): (alarm: Alarm) => boolean {
  const explained = new Set(
    Object.entries(tables).flatMap(([table, columns]) =>
      Object.entries(columns).flatMap(([name, { keptBecause }]) => (keptBecause === undefined ? [] : [`${table}.${name}`])),
    ),
  )
  return ({ where }) => !explained.has(where)
}

interface Suspect {
  readonly facts: ColumnFacts
  readonly where: string
  readonly piiClass: string
}

function suspects({ facts, fields, name }: NamedTable, { tables }: ReviewedClassification): readonly Suspect[] {
  return facts.columns.flatMap((column): readonly Suspect[] => {
    const field = fields.get(column.name)?.name ?? column.name
    const reviewed = tables[name]?.[field]
    const isKept = reviewed !== undefined && (reviewed.class === 'N' || (reviewed.class === 'K' && reviewed.mask !== 'link'))
    const group = typeGroup(column)
    const isReadable = group === 'text' || group === 'json' || group === 'other' || group === 'inet' || column.baseType === 'int8' || column.baseType === 'numeric'
    return isKept && isReadable && column.generated === undefined ? [{ facts: column, where: `${name}.${field}`, piiClass: reviewed.class }] : []
  })
}

async function examineTable(
  connection: Connection,
  { facts }: NamedTable,
  columns: readonly Suspect[],
  rows: number,
): Promise<readonly Alarm[]> {
  const list = columns.map(({ facts: { name } }) => `left(${quoteIdentifier(name)}::text, 2000)`).join(', ')
  // Of a large table pages from everywhere; the first pages are those of its oldest rows.
  const share = facts.estimatedRows > rows * 4 ? ` TABLESAMPLE SYSTEM (${Math.min(100, (rows / facts.estimatedRows) * 300).toFixed(6)})` : ''
  const from = `FROM ${quoteQualified(facts.schema, facts.name)}${share}`
  const query = { text: `SELECT ${list} ${from} LIMIT ${rows}`, rowMode: 'array' as const }
  const sample = (await connection.query<(string | null)[]>(query)).rows
  return columns.flatMap(({ where, piiClass }, place) => {
    const values = sample.flatMap((row) => row[place] ?? [])
    return alarmOf(values, where, piiClass)
  })
}

function alarmOf(values: readonly string[], where: string, piiClass: string): readonly Alarm[] {
  for (const { evidence, finds, share } of detectors) {
    const found = values.filter(finds).length
    const isProof = found > 0 && found >= share * values.length
    if (isProof) return [{ where, class: piiClass, evidence, examined: values.length, found }]
  }
  return []
}
