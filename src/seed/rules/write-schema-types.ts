import { readDataModel } from '../../prisma/data-model.ts'
import type { Project } from '../../project/open-project.ts'
import { findSeedModule, writeSeedFile } from '../seed-files.ts'
import { renderSchemaTypes } from './schema-types.ts'

/**
 * Keeps `seed/schema.d.ts` in step with the schema, in a project that has rules or personas to type.
 * @returns the file's name where it was written
 */
export function writeSchemaTypes(project: Project): string | undefined {
  const isUsed = ['generators', 'personas', 'factories'].some((name) => findSeedModule(project.directory, name) !== undefined)
  if (!isUsed) return undefined
  const text = renderSchemaTypes(readDataModel(project.schema.files))
  return writeSeedFile(project.directory, fileName, text) ? `seed/${fileName}` : undefined
}

const fileName = 'schema.d.ts'
