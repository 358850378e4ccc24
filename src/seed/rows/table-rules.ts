import type { Cell } from '../cell.ts'
import type { Generator } from '../generators/generator.ts'

/** What a user's rules say of one table. */
export interface TableRules {
  /** By field name, else column name: takes the place of the generator that the classifier would pick. */
  readonly generators?: ReadonlyMap<string, Generator>
  /** Rows that are given, from row 0 on, by field or column name; cells that are left out are made. */
  readonly rows?: readonly ReadonlyMap<string, Cell>[]
}
