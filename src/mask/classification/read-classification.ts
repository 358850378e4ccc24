import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { withCause } from '../../errors/failure.ts'
import { fileUnreadable } from '../../project/errors.ts'
import { parseMask } from '../parse-mask.ts'
import { classificationFile, type ReviewedClassification } from './classification.ts'
import { classificationInvalid, classificationMissing } from './errors.ts'

const column = v.strictObject({
  class: v.picklist(['D', 'Q', 'S', 'C', 'F', 'K', 'N'], 'class is one of D, Q, S, C, F, K, N'),
  mask: v.pipe(v.string('mask is a text'), v.check((text) => parseMask(text) !== undefined, 'mask is a name, or a name with brackets')),
  confidence: v.pipe(v.number('confidence is a number'), v.minValue(0), v.maxValue(1)),
  reason: v.string('reason is a text'),
  accepted: v.boolean('accepted is true or false'),
  keptBecause: v.optional(v.pipe(v.string('keptBecause is a text'), v.minLength(1, 'keptBecause says why'))),
})
const document = v.strictObject({ tables: v.record(v.string(), v.record(v.string(), column)) })

/**
 * The reviewed classification of a project; undefined where it has none.
 * @throws MASK_CLASSIFICATION_INVALID, PROJECT_FILE_UNREADABLE
 */
export function findClassification(directory: string): ReviewedClassification | undefined {
  const path = join(directory, classificationFile)
  if (!existsSync(path)) return undefined
  try {
    return parseClassification(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw withCause(fileUnreadable(classificationFile, error.message), error)
    throw error
  }
}

/** @throws MASK_CLASSIFICATION_MISSING, MASK_CLASSIFICATION_INVALID, PROJECT_FILE_UNREADABLE */
export function readClassification(directory: string): ReviewedClassification {
  const found = findClassification(directory)
  if (found === undefined) throw classificationMissing(classificationFile)
  return found
}

/** @throws MASK_CLASSIFICATION_INVALID */
function parseClassification(text: string): ReviewedClassification {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw classificationInvalid(classificationFile, [error instanceof Error ? error.message : String(error)])
  }
  const parsed = v.safeParse(document, value)
  if (parsed.success) return parsed.output
  const problems = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'the document'}: ${issue.message}`)
  throw classificationInvalid(classificationFile, problems)
}
