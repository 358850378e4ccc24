/** When a statement has its turn: each phase needs only what earlier ones have made or cleared away. */
export const phases = [
  'forget changed values',
  'drop foreign keys',
  'drop indexes',
  'drop constraints',
  'free sequences',
  'drop columns',
  'drop tables',
  'create enums',
  'create sequences',
  'leave enums',
  'rebuild enums',
  'create tables',
  'add columns',
  'alter columns',
  'fill columns',
  'fill references',
  'restore archives',
  'alter tables',
  'add constraints',
  'create indexes',
  'add foreign keys between new tables',
  'follow deleted parents',
  'add foreign keys',
  'own sequences',
  'drop sequences',
  'drop enums',
  'set sequences',
  'add enum values',
] as const

/** One of the phases, which run in their order. */
export type Phase = (typeof phases)[number]

/** One statement of the way back, without a closing semicolon. */
export interface Step {
  readonly phase: Phase
  readonly sql: string
}

/** The statements in the order of their phases; those of one phase stay as they come. */
export function inOrder(steps: readonly Step[]): readonly string[] {
  return phases.flatMap((phase) => steps.filter((step) => step.phase === phase).map((step) => step.sql))
}
