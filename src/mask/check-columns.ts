import { readDataModel } from '../prisma/data-model.ts'
import type { Project } from '../project/open-project.ts'
import { schemaSince } from '../project/committed-schema.ts'
import { classificationFile } from './classification/classification.ts'
import { findClassification } from './classification/read-classification.ts'
import { schemaColumns } from './classification/schema-columns.ts'
import { wantsMasked } from './wants-masked.ts'
import { newColumns, unacceptedColumns } from './classification/unaccepted-columns.ts'
import { shellWord } from '../errors/shell-word.ts'

/** A column of the schema that nobody has said what it holds. */
export interface ColumnFinding {
  readonly rule: 'classification-missing' | 'column-unclassified' | 'column-unaccepted'
  /** `Model.field`; empty where it is about the file. */
  readonly column: string
  readonly message: string
  readonly safer: string
}

/** Where to look. */
export interface CheckColumnsOptions {
  /** Only columns that are new or another since this git reference. */
  readonly since?: string | undefined
}

/**
 * What in a schema would stop a fixture: two texts are compared, no database is asked. Nothing is found in a project
 * that masks nothing: it has no seed/classification.json, and no environment that gets masked rows.
 * @throws MASK_PII_UNKNOWN, MASK_CLASSIFICATION_INVALID, PROJECT_REFERENCE_UNKNOWN
 */
export async function checkColumns(
  project: Project,
  { since }: CheckColumnsOptions = {},
): Promise<readonly ColumnFinding[]> {
  const classification = findClassification(project.directory)
  const model = readDataModel(project.schema.files)
  if (classification === undefined) return missing(await wantsMasked(project, model.models.map(({ name }) => name)))
  const columns = schemaColumns(model)
  const before = since === undefined ? undefined : await schemaSince(since, project.schema)
  const looked = before === undefined ? columns : newColumns(columns, schemaColumns(readDataModel(before)))
  return unacceptedColumns(looked, classification).map(({ where, isProposed, proposal }) => ({
    rule: isProposed ? 'column-unaccepted' : 'column-unclassified',
    column: where,
    message: isProposed ? `Nobody accepted what ${where} holds (${proposal}).` : `${where} is not in ${classificationFile} (the classifier says: ${proposal}).`,
    safer: isProposed
      ? `Read it there, then \`tide fixtures classify --accept ${shellWord(where)}\`, or say it in the schema: /// @pii(…).`
      : `Run \`tide fixtures classify\`, read the proposal, then --accept ${where}; or say it in the schema: /// @pii(…).`,
  }))
}

function missing(environment: string | undefined): readonly ColumnFinding[] {
  if (environment === undefined) return []
  return [
    {
      rule: 'classification-missing',
      column: '',
      message: `The environment ${environment} gets masked rows, and there is no ${classificationFile}.`,
      safer: 'Run `tide fixtures classify`, read what it writes, and accept it.',
    },
  ]
}
