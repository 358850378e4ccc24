import type { ForeignKeyFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import type { CompiledChecks } from '../constraints/domain.ts'
import type { RelationPlan } from './seed-plan.ts'
import { edgeName } from './order-tables.ts'
import { tableKey, targetKey } from './table-key.ts'

/**
 * The foreign keys of a table before its unique sets have a say: a forest within the table itself, skewed elsewhere.
 * Those that leave the row no choice come first, of these the widest: what they set, the others must agree with.
 */
export function planRelations(
  table: TableFacts,
  patched: ReadonlySet<string>,
  inOrder: (key: string) => boolean,
): readonly RelationPlan[] {
  const key = tableKey(table)
  const relations = table.foreignKeys.map((foreignKey): RelationPlan => {
    const isSelf = targetKey(foreignKey) === key
    const isPatched = patched.has(edgeName(key, foreignKey.name))
    return {
      name: foreignKey.name,
      columns: foreignKey.columns,
      parent: targetKey(foreignKey),
      targetColumns: foreignKey.target.columns,
      nullable: nullableColumns(table, foreignKey),
      pick: { kind: isSelf ? 'earlier' : 'free' },
      isPatched,
      // Time goes one way only: along foreign keys whose parent is made before.
      isTimed: isSelf || (!isPatched && inOrder(targetKey(foreignKey))),
      differsFrom: undefined,
    }
  })
  return relations.toSorted(
    (one, other) =>
      Number(one.nullable.length > 0) - Number(other.nullable.length > 0) || other.columns.length - one.columns.length,
  )
}

/** Relations to the same table whose keys a check wants to be different: the later follows the earlier. */
export function tellApart(relations: readonly RelationPlan[], { cases }: CompiledChecks): readonly RelationPlan[] {
  const pairs = (cases[0]?.comparisons ?? []).flatMap(({ terms, operator }) => {
    const names = terms.map(({ columns }) => columns[0] ?? '')
    return operator === '<>' && terms.length === 2 && terms.every(({ columns }) => columns.length === 1) ? [names] : []
  })
  return relations.map((relation, place) => {
    const other = relations.slice(0, place).find((before) => isPair(before, relation, pairs))
    return other === undefined ? relation : { ...relation, differsFrom: other.name }
  })
}

function isPair(one: RelationPlan, other: RelationPlan, pairs: readonly (readonly string[])[]): boolean {
  const isSame = one.targetColumns.join('\0') === other.targetColumns.join('\0')
  if (one.parent !== other.parent || !isSame) return false
  const [differing, ...more] = one.columns.map((column, at) => [column, other.columns[at] ?? '']).filter(([a, b]) => a !== b)
  return more.length === 0 && pairs.some((names) => differing?.every((name) => names.includes(name)) === true)
}

/** What to leave NULL in a row without a parent: MATCH FULL takes all or none. */
function nullableColumns(table: TableFacts, { columns, matchFull }: ForeignKeyFacts): readonly string[] {
  const keyed = table.primaryKey?.keys.flatMap((key) => ('column' in key ? [key.column] : [])) ?? []
  const nullable = columns.filter(
    (name) => !keyed.includes(name) && table.columns.some((column) => column.name === name && !column.notNull),
  )
  return matchFull && nullable.length < columns.length ? [] : nullable
}
