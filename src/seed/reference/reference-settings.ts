import { nearestName } from '../../errors/nearest-name.ts'
import { referenceSyntax } from './errors.ts'
import type { RemovedPolicy } from './declared.ts'

/** What a file may say of itself besides its rows. */
export interface ReferenceSettings {
  readonly key: readonly string[] | undefined
  readonly removed: RemovedPolicy | undefined
}

/**
 * Reads `key` and `removed`, from wherever a file states them.
 * @throws SEED_REFERENCE_SYNTAX for another name, or a policy that is none
 */
export function readSettings(
  path: string,
  settings: Readonly<Record<string, unknown>>,
  line: number | undefined,
): ReferenceSettings {
  for (const name of Object.keys(settings)) {
    if (name === 'key' || name === 'removed') continue
    const nearest = nearestName(name, ['key', 'removed', 'rows'])
    throw referenceSyntax(path, `${name} is no setting${nearest === undefined ? '' : `; did you mean ${nearest}?`}.`, line)
  }
  const { key, removed } = settings
  if (removed !== undefined && !isPolicy(removed)) {
    throw referenceSyntax(path, `removed must be one of ${policies.join(', ')}.`, line)
  }
  return { key: key === undefined ? undefined : keyFields(path, key, line), removed }
}

const policies: readonly RemovedPolicy[] = ['keep', 'report', 'delete']

function isPolicy(value: unknown): value is RemovedPolicy {
  return policies.some((policy) => policy === value)
}

function keyFields(path: string, key: unknown, line: number | undefined): readonly string[] {
  const names: readonly unknown[] = typeof key === 'string' ? key.split(',') : Array.isArray(key) ? key : []
  const fields = names.filter((name): name is string => typeof name === 'string' && name.trim() !== '')
  if (fields.length === 0 || fields.length < names.length) {
    throw referenceSyntax(path, 'key must name one field or more.', line)
  }
  return fields.map((field) => field.trim())
}
