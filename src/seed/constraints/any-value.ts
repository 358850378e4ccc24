import type { Domain } from './domain.ts'

/** Any value but NULL. */
export const anyValue: Domain = { null: 'never', patterns: [] }
/** Any value, and NULL. */
export const anything: Domain = { null: 'allowed', patterns: [] }
