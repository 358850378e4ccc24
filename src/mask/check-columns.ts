import { readDataModel } from '../prisma/data-model.ts'
import type { Project } from '../project/open-project.ts'
import { schemaSince } from '../project/committed-schema.ts'
import { classificationFile } from './classification/classification.ts'
import { findClassification } from './classification/read-classification.ts'
import { schemaColumns } from './classification/schema-columns.ts'
import { newColumns, unacceptedColumns } from './classification/unaccepted-columns.ts'

/** A column of the schema that nobody has said what it holds. */
export interface ColumnFinding {
  readonly rule: 'column-unclassified' | 'column-unaccepted'
  /** `Model.field`. */
  readonly column: string
  readonly message: string
  readonly safer: string
}

/** Where to look. */
export interface CheckColumnsOptions {
  /** Only columns that are new or another since this git reference. */
  readonly since?: string | undefined
  /** Look also where the project has no seed/classification.json: an environment wants masked rows. */
  readonly isWanted?: boolean
}

/**
 * What in a schema would stop a fixture: two texts are compared, no database is asked. Nothing is found in a project
 * that masks nothing: it has no seed/classification.json.
 * @throws MASK_PII_UNKNOWN, MASK_CLASSIFICATION_INVALID, PROJECT_REFERENCE_UNKNOWN
 */
export async function checkColumns(
  project: Pick<Project, 'directory' | 'schema'>,
  { since, isWanted = false }: CheckColumnsOptions = {},
): Promise<readonly ColumnFinding[]> {
  const classification = findClassification(project.directory)
  if (classification === undefined && !isWanted) return []
  const columns = schemaColumns(readDataModel(project.schema.files))
  const before = since === undefined ? undefined : await schemaSince(since, project.schema)
  const looked = before === undefined ? columns : newColumns(columns, schemaColumns(readDataModel(before)))
  return unacceptedColumns(looked, classification).map(({ where, isProposed, proposal }) => ({
    rule: isProposed ? 'column-unaccepted' : 'column-unclassified',
    column: where,
    message: isProposed ? `Nobody accepted what ${where} holds (${proposal}).` : `${where} is not in ${classificationFile} (the classifier says: ${proposal}).`,
    safer: isProposed
      ? `Read it there, then \`tide fixtures classify --accept ${where}\`, or say it in the schema: /// @pii(…).`
      : `Run \`tide fixtures classify\`, read the proposal, then --accept ${where}; or say it in the schema: /// @pii(…).`,
  }))
}
