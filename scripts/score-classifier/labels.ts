import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PiiClass } from '../../src/seed/classify/rule.ts'

/** A column of a public Prisma schema and what a person says that it holds. */
export interface LabelledColumn {
  readonly project: string
  readonly model: string
  readonly field: string
  /** As the catalog calls it; `enum` for every enum. */
  readonly type: string
  readonly piiClass: PiiClass
}

const folder = join(import.meta.dirname, 'labels')

/** Projects whose columns the rules were never looked at with: what the classifier does with a schema of tomorrow. */
export const heldOut: ReadonlySet<string> = new Set(['salmiya', 'humanage'])

/**
 * All labels: `Model.field type class`, a line each, a file for each project. Foreign keys are left out: nobody
 * guesses those.
 */
export function readLabels(): readonly LabelledColumn[] {
  return readdirSync(folder).sort().flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const [name = '', type = '', piiClass = ''] = line.split(' ')
        const [model = '', field = ''] = name.split('.')
        return { project: file.replace(/\.txt$/u, ''), model, field, type, piiClass: piiClass as PiiClass }
      }),
  )
}
