/** A statement about a migration that a person should read. */
export interface Finding {
  /** `proof-missing`, `proof-lossy`, …: docs/commands/check.md lists them. */
  readonly rule: string
  /** A `warning` is no reason to hold a migration back. */
  readonly severity: 'error' | 'warning'
  readonly migration: string
  /** The statement or directive that it is about; empty where it is about the whole. */
  readonly statement: string
  /** In `migration.sql`, from 1. */
  readonly line: number
  readonly message: string
  /** Locks that the statement takes. */
  readonly locks: readonly string[]
  /** What to do instead. */
  readonly safer: string
}
