import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Scene } from './scene.ts'
import type { Step } from './step.ts'

/** Rows that may break a migration, or lose something on its way: how they are made, and how they are found. */
export interface Hazard {
  /** The name of its kind. */
  readonly kind: string
  /** `public.users.email` or `public.users`: as it is called before the migration. */
  readonly object: string
  /** The rows in words that go on after "stops at": `rows with NULL`. */
  readonly rows: string
  readonly table: TableFacts
  /** SQL that is true for such a row, which is called `t`; nothing in it is called `r`, as the row at hand is. */
  readonly condition: string
  /** The statement of the migration that may stop at them. */
  readonly line: number
  /** What an UPDATE sets in a row to make it such a row; tried one after the other. Empty: any row is one. */
  readonly attempts: readonly Assignment[]
  /** What an UPDATE sets in two rows at once, so that they are such rows to each other; after the attempts. */
  readonly pairs?: readonly Assignment[]
  /** Makes ordinary rows of them again, so that the rest can go on; rows for which it does not are deleted. */
  readonly mend?: string
}

/** Columns, unquoted, and the SQL that they are set to; `r` is the row at hand, told by `tableoid` and `ctid`. */
export type Assignment = Readonly<Record<string, string>>

/** One kind of rows that break migrations. */
export interface HazardKind {
  readonly name: string
  /** What may break a step, seen from the rows that stand before the whole migration. */
  find(step: Step, scene: Scene): readonly Hazard[]
}
