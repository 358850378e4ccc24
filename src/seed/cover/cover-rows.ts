/** What single cells of a row must be, so that a few rows together hold everything. By the row's number. */
export type CoverRows = readonly CoverRow[]

/** What one row is there for. */
export interface CoverRow {
  /** Into the cases of the table's checks, those of denied rows after them. */
  readonly rowCase: number
  /** By column, or `relationKey` of a foreign key. */
  readonly wishes: ReadonlyMap<string, CoverState>
}

/** Something that a column or a relation of some row must be. */
export type CoverState =
  | { readonly kind: 'null' }
  | { readonly kind: 'some' }
  | { readonly kind: 'value'; readonly text: string }

/** How a foreign key is called among columns. */
export function relationKey(name: string): string {
  return `#${name}`
}

/** Equal for equal states. */
export function stateText(state: CoverState): string {
  return state.kind === 'value' ? `=${state.text}` : state.kind
}
