import type { SqlQuery, SqlResultSet } from '@prisma/driver-adapter-utils'
import type { SchemaText } from './schema-text.ts'

/** Tables and enums that somebody else owns: left out of every difference. */
export interface DifferenceFilters {
  readonly externalTables: readonly string[]
  readonly externalEnums: readonly string[]
}

/** A difference to compute. A database's catalogue stays with the asker, who answers the engine's questions to it. */
export interface DifferenceRequest {
  readonly from: { readonly kind: 'nothing' | 'database' } | { readonly kind: 'schema'; readonly schema: SchemaText }
  readonly to: SchemaText
  readonly filters: DifferenceFilters
  /** Where unqualified names live. */
  readonly schemaName: string
}

/** What the asker sends to the engine's thread. */
export type ToEngine =
  | { readonly kind: 'difference'; readonly id: number; readonly request: DifferenceRequest }
  | { readonly kind: 'answer'; readonly question: number; readonly answer: SqlResultSet }
  | { readonly kind: 'refusal'; readonly question: number; readonly message: string }

/** What the engine's thread sends back. */
export type FromEngine =
  | { readonly kind: 'question'; readonly id: number; readonly question: number; readonly query: SqlQuery }
  | { readonly kind: 'script'; readonly id: number; readonly script: string }
  | { readonly kind: 'error'; readonly id: number; readonly message: string; readonly code: string | undefined }
  /** The engine panicked, and its thread is over. */
  | { readonly kind: 'dead'; readonly message: string }
