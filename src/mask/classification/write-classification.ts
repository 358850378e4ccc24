import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeSeedFile } from '../../seed/seed-files.ts'
import { classificationFile, type ReviewedClassification } from './classification.ts'
import { classificationText } from './classification-text.ts'
import { classificationUnwritable } from './errors.ts'

/**
 * Writes the classification of a project, where it is not there already.
 * @throws MASK_CLASSIFICATION_UNWRITABLE
 */
export function writeClassification(directory: string, classification: ReviewedClassification): void {
  const text = classificationText(classification)
  const path = join(directory, classificationFile)
  let written: string | undefined
  try {
    mkdirSync(join(directory, 'seed'), { recursive: true })
    writeSeedFile(directory, 'classification.json', text)
    written = readFileSync(path, 'utf8')
  } catch {
    written = undefined
  }
  if (written !== text) throw classificationUnwritable(classificationFile)
}
