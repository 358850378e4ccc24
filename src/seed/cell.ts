/**
 * A value of a column in PostgreSQL's own text form, null for NULL. Every type has one, nothing is lost on the
 * way (bigint, numeric, bytea, infinity), and COPY, unnest and files all take it.
 */
export type Cell = string | null

/** Where a value stands: everything that it depends on. The same address gives the same value on every machine. */
export interface CellAddress {
  readonly seed: string
  /** The model's name, else `schema.table`. */
  readonly model: string
  /** The field's name, else the column's; a made-up name such as `#person` for what several cells share. */
  readonly field: string
  /** From 0. */
  readonly row: number
  /** From 0; counted up where a candidate was refused. */
  readonly attempt: number
}
