import type { TableFacts } from '../../postgres/tables/table-facts.ts'

/** Rows of one table point to rows of another: by a foreign key, or as the project declares it. */
export interface Relation {
  readonly name: string
  readonly child: TableFacts
  readonly columns: readonly string[]
  readonly parent: TableFacts
  readonly parentColumns: readonly string[]
  /** SQL over the child's columns: only these rows point there. Of polymorphic relations. */
  readonly when: string | undefined
}
