import { isFailure } from '../../errors/failure.ts'
import type { Connection } from '../../postgres/connect.ts'
import type { FixTransaction } from '../define-fix.ts'
import { scriptFailed } from '../errors.ts'
import { guardStatement } from './guard-statement.ts'

/** The transaction that a script gets, and what was seen of it. */
export interface OpenTransaction {
  readonly tx: FixTransaction
  /** The tables that statements of the script named as their targets. */
  readonly targets: ReadonlySet<string>
  /** What the guard refused, also where the script has swallowed it. */
  refusal(): Error | undefined
  /** The error that came last. */
  lastError(): unknown
  /** Statements are refused from now on. */
  close(): void
}

/** @param file the script, for messages */
export function openTransaction(work: Connection, file: string): OpenTransaction {
  const targets = new Set<string>()
  let refusal: Error | undefined
  let lastError: unknown
  let isOpen = true
  const send = async (sql: string, values: readonly unknown[]) => {
    for (const target of await guardStatement(sql, file)) targets.add(target)
    if (!isOpen) throw scriptFailed(file, 'A statement came after the script had ended: an await is missing.', { file })
    // Several statements in one text answer with a result each, which the types of `pg` do not know.
    const results = [await work.query<object>(sql, values.length === 0 ? undefined : [...values])].flat()
    const last = results.at(-1)
    return { rows: last?.rows ?? [], rowCount: last?.rowCount ?? 0 }
  }
  const query = async (sql: string, values: readonly unknown[] = []) => {
    try {
      return await send(sql, values)
    } catch (error) {
      lastError = error
      if (isFailure(error)) refusal ??= error
      throw error
    }
  }
  return {
    // What rows are, only the caller knows: he names their type.
    tx: { query: query as FixTransaction['query'] },
    targets,
    refusal: () => refusal,
    lastError: () => lastError,
    close: () => {
      isOpen = false
    },
  }
}
