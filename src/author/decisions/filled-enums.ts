import { readTypeName } from '../column-types.ts'
import { isSameObject, type OperationOf } from '../script/operation.ts'
import { findEnum, inSchema } from '../start-facts.ts'
import type { DecisionInput } from './decision.ts'

/** The labels that a type has once the migration has run; undefined where it is no enum. */
export function enumValues(typeText: string, input: DecisionInput): readonly string[] | undefined {
  const name = inSchema(input.facts, readTypeName(typeText))
  for (const operation of input.operations) {
    if (operation.kind !== 'replace-enum' && operation.kind !== 'create-enum') continue
    if (isSameObject(inSchema(input.facts, operation.type), name)) return operation.values
  }
  return findEnum(input.facts, name)?.values
}

/** The replacement of this type, where it is an enum that loses values in the same migration. */
export function replacedEnumOf(typeText: string, input: DecisionInput): OperationOf<'replace-enum'> | undefined {
  const name = inSchema(input.facts, readTypeName(typeText))
  return input.operations.find(
    (operation): operation is OperationOf<'replace-enum'> =>
      operation.kind === 'replace-enum' && isSameObject(inSchema(input.facts, operation.type), name),
  )
}
