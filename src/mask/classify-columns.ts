import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '../postgres/connect.ts'
import { parseDatabaseUrl } from '../postgres/database-url.ts'
import { readTables } from '../postgres/tables/read-tables.ts'
import { readDataModel } from '../prisma/data-model.ts'
import type { Project } from '../project/open-project.ts'
import { writeSeedFile } from '../seed/seed-files.ts'
import { acceptColumns } from './classification/accept-columns.ts'
import { classificationFile, type ReviewedClassification } from './classification/classification.ts'
import { classificationText } from './classification/classification-text.ts'
import { allColumns } from './classification/database-columns.ts'
import { findClassification } from './classification/read-classification.ts'
import { reviewClassification } from './classification/review-classification.ts'
import { schemaColumns } from './classification/schema-columns.ts'
import { type Alarm, examineSample } from './sample/examine-sample.ts'
import { classificationUnwritable } from './classification/errors.ts'

/** What to accept, and where to look. */
export interface ClassifyOptions {
  /** `Model.field`, or `Model`. */
  readonly accept: readonly string[]
  readonly acceptConfident: boolean
  /** The URL of a database whose tables and values are looked at as well. */
  readonly from: string | undefined
}

/** What was written, and what a person has to look at. */
export interface ClassifiedColumns {
  readonly file: string
  readonly columns: number
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly accepted: readonly string[]
  readonly unaccepted: readonly { readonly where: string; readonly class: string; readonly mask: string; readonly confidence: number; readonly reason: string }[]
  readonly alarms: readonly Alarm[]
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
    const { classification, accepted } = acceptColumns(review.classification, { names: options.accept, confident: options.acceptConfident })
    write(project.directory, classification)
    const alarms =
      source === undefined ? [] : await examineSample(source.connection, { tables: source.tables, classification, model, schema })
    const { added, removed } = review
    return { file: classificationFile, columns: columns.length, added, removed, accepted, unaccepted: openIn(classification), alarms }
  } finally {
    await source?.connection.end()
  }
}

async function look(text: string): Promise<{
  readonly schema: string
  readonly connection: Awaited<ReturnType<typeof connect>>
  readonly tables: Awaited<ReturnType<typeof readTables>>
}> {
  const url = parseDatabaseUrl(text, '--from')
  const connection = await connect(url)
  try {
    await connection.query('SET default_transaction_read_only = on')
    return { schema: url.schema, connection, tables: await readTables(connection) }
  } catch (error) {
    await connection.end()
    throw error
  }
}

function write(directory: string, classification: ReviewedClassification): void {
  mkdirSync(join(directory, 'seed'), { recursive: true })
  const text = classificationText(classification)
  writeSeedFile(directory, 'classification.json', text)
  const written = findClassification(directory)
  if (written === undefined || classificationText(written) !== text) throw classificationUnwritable(classificationFile)
}

function openIn({ tables }: ReviewedClassification): ClassifiedColumns['unaccepted'] {
  return Object.entries(tables).flatMap(([table, columns]) =>
    Object.entries(columns)
      .filter(([, { accepted }]) => !accepted)
      .map(([name, { class: piiClass, mask, confidence, reason }]) => ({ where: `${table}.${name}`, class: piiClass, mask, confidence, reason })),
  )
}
