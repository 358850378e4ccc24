import type { CatalogDifference } from '../../../postgres/catalog/compare-catalogs.ts'
import type { CatalogObject } from '../../../postgres/catalog/catalog.ts'
import { objectKey, type Sides, text } from './sides.ts'
import type { Step } from './step.ts'

/** Indexes that go or come back; those behind a constraint come and go with it. */
export function indexSteps({ name }: CatalogDifference, sides: Sides): readonly Step[] | undefined {
  const now = sides.now.get(objectKey('index', name))
  const before = sides.before.get(objectKey('index', name))
  if (isUnusual(before)) return undefined
  const steps: Step[] = []
  if (now !== undefined && !isOfConstraint(now) && !sides.goingTables.has(text(now, 'table'))) {
    steps.push({ phase: 'drop indexes', sql: `DROP INDEX ${name}` })
  }
  if (before !== undefined && !isOfConstraint(before)) {
    steps.push({ phase: 'create indexes', sql: text(before, 'definition') })
  }
  return steps
}

function isOfConstraint(index: CatalogObject): boolean {
  return index.definition['ofConstraint'] === true
}

function isUnusual(index: CatalogObject | undefined): boolean {
  if (index === undefined) return false
  const { valid, clustered, tablespace, statisticsTargets } = index.definition
  return valid === false || clustered === true || tablespace !== null || statisticsTargets !== null
}
