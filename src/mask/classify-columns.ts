import { connect } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { readTables } from '../postgres/tables/read-tables.ts'
import { readDataModel } from '../prisma/data-model.ts'
import type { Project } from '../project/open-project.ts'
import { acceptColumns } from './classification/accept-columns.ts'
import { classificationFile, type ReviewedClassification, type ReviewedColumn } from './classification/classification.ts'
import { allColumns } from './classification/database-columns.ts'
import { findClassification } from './classification/read-classification.ts'
import { reviewClassification } from './classification/review-classification.ts'
import { schemaColumns } from './classification/schema-columns.ts'
import { type Alarm, examineSample, isOpenAlarm } from './sample/examine-sample.ts'
import { writeClassification } from './classification/write-classification.ts'

/** What to accept, and where to look. */
export interface ClassifyOptions {
  /** `Model.field`, or `Model`. */
  readonly accept: readonly string[]
  readonly acceptConfident: boolean
  /** Why values of the columns in `accept` that look personal are not. */
  readonly reason?: string | undefined
  /** A database whose tables and values are looked at as well. */
  readonly from: DatabaseUrl | undefined
}

/** What was written, and what a person has to look at. */
export interface ClassifiedColumns {
  readonly file: string
  readonly columns: number
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly accepted: readonly string[]
  readonly unaccepted: readonly OpenColumn[]
  readonly alarms: readonly Alarm[]
}

/** A proposal that nobody accepted yet. */
export interface OpenColumn extends Omit<ReviewedColumn, 'accepted'> {
  /** `Model.field`. */
  readonly where: string
}

/**
 * Writes `seed/classification.json` anew: proposals for new columns, edits and acceptances as they were.
 * @throws MASK_PII_UNKNOWN, MASK_COLUMN_UNKNOWN, MASK_CLASSIFICATION_INVALID, POSTGRES_*
 */
export async function classifyColumns(project: Project, options: ClassifyOptions): Promise<ClassifiedColumns> {
  const model = readDataModel(project.schema.files)
  const before = findClassification(project.directory)
  const source = options.from === undefined ? undefined : await look(options.from)
  try {
    const schema = source?.schema ?? 'public'
    const columns = source === undefined ? schemaColumns(model) : allColumns(model, source.tables, schema)
    const review = reviewClassification(columns, before, source !== undefined)
    const acceptance = { names: options.accept, confident: options.acceptConfident, reason: options.reason }
    const { classification, accepted } = acceptColumns(review.classification, acceptance)
    writeClassification(project.directory, classification)
    const sample = { tables: source?.tables ?? [], classification, model, schema }
    const alarms = source === undefined ? [] : (await examineSample(source.connection, sample)).filter(isOpenAlarm(classification))
    const { added, removed } = review
    const unaccepted = openIn(classification)
    return { file: classificationFile, columns: columns.length, added, removed, accepted, unaccepted, alarms }
  } finally {
    await source?.connection.end()
  }
}

async function look(url: DatabaseUrl): Promise<{
  readonly schema: string
  readonly connection: Awaited<ReturnType<typeof connect>>
  readonly tables: Awaited<ReturnType<typeof readTables>>
}> {
  const connection = await connect(url)
  try {
    await connection.query('SET default_transaction_read_only = on')
    return { schema: url.schema, connection, tables: await readTables(connection) }
  } catch (error) {
    await connection.end()
    throw error
  }
}

function openIn({ tables }: ReviewedClassification): ClassifiedColumns['unaccepted'] {
  return Object.entries(tables).flatMap(([table, columns]) =>
    Object.entries(columns)
      .filter(([, { accepted }]) => !accepted)
      .map(([name, { accepted: _, ...column }]) => ({ where: `${table}.${name}`, ...column })),
  )
}
