import type { CatalogDifference } from '../../postgres/catalog/compare-catalogs.ts'
import { describeDifference } from '../../postgres/catalog/describe-difference.ts'
import { ownerOfName, spokenName, splitName } from '../../postgres/catalog/names.ts'
import type { Loss } from '../proof.ts'

/** What is not as before in the structure; of a table or column that is gone or stays, not all its parts as well. */
export function structuralLosses(differences: readonly CatalogDifference[]): readonly Loss[] {
  const whole = differences.filter(({ change, kind }) => change !== 'changed' && (kind === 'table' || kind === 'column'))
  const wholes = new Set(whole.map(({ kind, name }) => `${kind} ${name}`))
  return differences
    .filter(({ kind, name }) => kind === 'table' || !wholes.has(`table ${ownerOfName(name)}`))
    .map((difference) => ({ object: objectOf(difference), rows: 0, reason: reasonOf(difference) }))
}

function objectOf({ kind, name }: CatalogDifference): string {
  const plain = kind === 'table' || kind === 'column'
  return plain ? spokenName(splitName(name)) : `${kind} ${name}`
}

function reasonOf(difference: CatalogDifference): string {
  const { change, kind, name } = difference
  if (change === 'removed') return 'is not there after the rollback'
  if (change === 'added') return 'is still there after the rollback'
  return `not as before: ${describeDifference(difference).slice(kind.length + name.length + 3)}`
}
