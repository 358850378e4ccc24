import { renderDirective } from '../../history/directives.ts'

/** What a `down.sql` is written from. */
export interface RollbackText {
  /** The migration that it rolls back. */
  readonly migration: string
  readonly statements: readonly string[]
  readonly incomplete: readonly string[]
}

/** The text of `down.sql`: what it rolls back, why it may be incomplete, then a paragraph for each statement. */
export function renderRollback({ migration, statements, incomplete }: RollbackText): string {
  const head = [
    `-- Rolls back ${migration.replaceAll(/[\r\n]+/g, ' ')}.`,
    ...(statements.length === 0 ? ['-- The structure needs no change.'] : []),
    ...incomplete.map((reason) => renderDirective({ verb: 'incomplete', words: [], values: { reason } })),
  ]
  return `${[head.join('\n'), ...statements.map(closed)].join('\n\n')}\n`
}

function closed(statement: string): string {
  const text = statement.trim()
  return text.endsWith(';') ? text : `${text};`
}
