import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, and folders of such. */
const longest = [
  '/scenarios/realistic-edits.test',
  '/author/rollback/compute-rollback.test',
  '/author/plan-change.property.test',
  '/scenarios/',
  '/proof/',
  '/seed/reference/apply-reference.test',
  '/seed/kept/',
  '/embedded/',
  '/apply/run-migration.test',
  '/fix/',
  '/data/',
  '/seed/',
]

/** Begins with the files that take longest, so that no worker is alone with one of them at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((part) => moduleId.includes(part))
      return found === -1 ? longest.length : found
    }
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}
