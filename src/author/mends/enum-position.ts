import type { DataModel } from '../../prisma/data-model.ts'
import type { EnumPosition, ObjectName, Operation } from '../script/operation.ts'
import { findEnum, type StartFacts } from '../start-facts.ts'

/** The engine appends a new enum value at the end; the schema says where it stands, and ORDER BY follows. */
export function placeEnumValues(
  operations: readonly Operation[],
  facts: StartFacts,
  model: DataModel,
): readonly Operation[] {
  const present = new Map<string, readonly string[]>()
  return operations.map((operation) => {
    if (operation.kind !== 'add-enum-value') return operation
    const key = JSON.stringify(operation.type)
    const before = present.get(key) ?? findEnum(facts, operation.type)?.values ?? []
    if (before.includes(operation.value)) return operation
    const declared = declaredValues(operation.type, facts, model)
    const position = positionOf(operation.value, before, declared)
    present.set(key, insert(before, operation.value, position))
    return position === undefined ? operation : { ...operation, position }
  })
}

function declaredValues(type: ObjectName, facts: StartFacts, model: DataModel): readonly string[] {
  const schema = type.schema ?? facts.schema
  const info = model.enums.find((e) => e.databaseName === type.name && (e.schema ?? facts.schema) === schema)
  return info?.values.map((value) => value.databaseName) ?? []
}

/** After its nearest declared predecessor that exists; before the first value where it has none; nothing at the end. */
function positionOf(value: string, present: readonly string[], declared: readonly string[]): EnumPosition | undefined {
  const at = declared.indexOf(value)
  if (at === -1 || present.length === 0) return undefined
  const predecessor = declared.slice(0, at).findLast((candidate) => present.includes(candidate))
  if (predecessor === present.at(-1)) return undefined
  if (predecessor !== undefined) return { place: 'after', value: predecessor }
  return { place: 'before', value: present[0] ?? '' }
}

function insert(present: readonly string[], value: string, position: EnumPosition | undefined): readonly string[] {
  if (position === undefined) return [...present, value]
  const at = present.indexOf(position.value) + (position.place === 'after' ? 1 : 0)
  return present.toSpliced(at, 0, value)
}
