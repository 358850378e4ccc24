import type { Connection } from '../postgres/connect.ts'
import { scriptFailed } from './errors.ts'
import type { FixTransaction } from './define-fix.ts'
import { guardStatement } from './guard-statement.ts'

/** The transaction that a script gets, and what was seen of it. */
export interface OpenTransaction {
  readonly tx: FixTransaction
  /** The tables that statements of the script named as their targets. */
  readonly targets: ReadonlySet<string>
  /** The refusal of the guard, or the error of the server, that came last; a script may have swallowed it. */
  problem(): unknown
  /** Milliseconds from any fixed moment, when the first statement was sent. */
  firstAt(): number | undefined
  /** Statements are refused from now on. */
  close(): void
}

/** @param file the script, for messages */
export function openTransaction(work: Connection, file: string, now: () => number): OpenTransaction {
  const targets = new Set<string>()
  let problem: unknown
  let firstAt: number | undefined
  let isOpen = true
  const query: FixTransaction['query'] = async <Row extends object>(sql: string, values: readonly unknown[] = []) => {
    try {
      for (const target of await guardStatement(sql, file)) targets.add(target)
      if (!isOpen) throw scriptFailed(file, 'A statement came after the script had ended: an await is missing.', { file })
      firstAt ??= now()
      const { rows, rowCount } = await work.query<Row>(sql, [...values])
      return { rows, rowCount: rowCount ?? 0 }
    } catch (error) {
      problem = error
      throw error
    }
  }
  return {
    tx: { query },
    targets,
    problem: () => problem,
    firstAt: () => firstAt,
    close: () => {
      isOpen = false
    },
  }
}
