/** A column that follows from other rows, or from other columns of its row, as totals follow from their lines. */
export interface TotalPlan {
  readonly column: string
  readonly sum: TotalSum
}

/** What a total is made of. */
export type TotalSum =
  /** How many rows of another table point to the row. */
  | { readonly kind: 'rows'; readonly lines: Lines }
  /** What these rows come to. */
  | { readonly kind: 'lines'; readonly lines: Lines; readonly worth: Worth }
  /** What the row itself comes to. */
  | { readonly kind: 'own'; readonly worth: Worth }
  /** Columns of the row added up, less others. */
  | { readonly kind: 'parts'; readonly plus: readonly string[]; readonly minus: readonly string[] }
  /** A part of another column of the row. */
  | { readonly kind: 'share'; readonly of: string; readonly percent: number }

/** The rows that point to a row by a foreign key. */
export interface Lines {
  /** `schema.table`. */
  readonly table: string
  /** Of the foreign key. */
  readonly relation: string
}

/** Columns of a line that are multiplied, less a percentage. */
export interface Worth {
  readonly factors: readonly string[]
  /** A column that holds a percentage. */
  readonly discount: string | undefined
  /** Decimal places that the sum is moved by: 2 from units to cents, -2 back. */
  readonly shift: number
}
