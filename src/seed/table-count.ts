/** How many rows of a table are made. */
export type TableCount =
  | { readonly rows: number }
  /** On average, of each row of the table that `of` names; some have none, some many. */
  | { readonly perParent: number; readonly of: string }
  /** As few as hold everything that a row can be, and at least so many. */
  | { readonly covering: number }
