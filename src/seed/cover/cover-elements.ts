import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import type { RowCase } from '../constraints/domain.ts'
import { type CoverState, relationKey } from './cover-rows.ts'

/** Something of a table with states that rows should be in. */
export interface CoverElement {
  /** The column, or `relationKey` of a foreign key. */
  readonly key: string
  /** Columns that are NULL where it is. */
  readonly columns: readonly string[]
  /** Those that some case of the table's checks allows. */
  readonly states: readonly CoverState[]
}

/** The most values that a list of a CHECK may have to be covered one by one. */
const mostListed = 30

/**
 * What rows of a table should cover: each label of an enum, each value that a CHECK lists, both booleans, NULL and
 * something else of what may be NULL, with and without a parent.
 * @param isLeft columns that are not Tide's to choose: those with a rule of the user
 */
export function coverElements(
  facts: TableFacts,
  cases: readonly RowCase[],
  isLeft: (column: string) => boolean,
): readonly CoverElement[] {
  const related = new Set(facts.foreignKeys.flatMap(({ columns }) => columns))
  const ofColumns = facts.columns.flatMap((column): readonly CoverElement[] => {
    if (column.generated !== undefined || related.has(column.name) || isLeft(column.name)) return []
    const values = valuesOf(column, cases)
    const filled: readonly CoverState[] = values?.map((text) => ({ kind: 'value', text })) ?? [{ kind: 'some' }]
    const all: readonly CoverState[] = column.notNull ? filled : [...filled, { kind: 'null' }]
    return [{ key: column.name, columns: [column.name], states: all }]
  })
  const keyed = new Set(facts.primaryKey?.keys.flatMap((key) => ('column' in key ? [key.column] : [])))
  const ofRelations = facts.foreignKeys.flatMap(({ name, columns }): readonly CoverElement[] => {
    const nullable = columns.filter(
      (one) => !keyed.has(one) && facts.columns.some((column) => column.name === one && !column.notNull),
    )
    if (nullable.length === 0) return []
    return [{ key: relationKey(name), columns: nullable, states: [{ kind: 'some' }, { kind: 'null' }] }]
  })
  return [...ofColumns, ...ofRelations]
    .map((element) => ({
      ...element,
      states: element.states.filter((state) => cases.some((rowCase) => isAllowed(element, state, rowCase))),
    }))
    .filter(({ states }) => states.length > 1)
}

/** Whether a row of this case may be in a state. */
export function isAllowed({ columns }: CoverElement, state: CoverState, { domains }: RowCase): boolean {
  return columns.every((name) => {
    const domain = domains.get(name)
    if (domain === undefined) return true
    if (state.kind === 'null') return domain.null !== 'never'
    if (domain.null === 'always') return false
    if (state.kind === 'some') return true
    return domain.values?.includes(state.text) !== false && domain.excluded?.includes(state.text) !== true
  })
}

function valuesOf(column: ColumnFacts, cases: readonly RowCase[]): readonly string[] | undefined {
  if (column.arrayDimensions > 0) return undefined
  if (column.enumLabels !== undefined) return column.enumLabels
  if (column.baseType === 'bool') return ['f', 't']
  const lists = cases.flatMap(({ domains }) => {
    const domain = domains.get(column.name)
    return domain?.null === 'always' ? [] : [domain?.values]
  })
  const listed = [...new Set(lists.flatMap((values) => values ?? []))]
  return lists.length > 0 && !lists.includes(undefined) && listed.length <= mostListed ? listed : undefined
}
