import type { StepTarget } from '../../data/step/read-target.ts'
import { isFailure } from '../../errors/failure.ts'
import type { Connection } from '../../postgres/connect.ts'
import { createClientOnConnection } from '../../prisma/client-on-connection.ts'
import type { FixTransaction, PrismaClientOf } from '../define-fix.ts'
import { scriptFailed } from '../errors.ts'
import { guardStatement } from './guard-statement.ts'
import { requireUndoable } from './require-undoable.ts'

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

/** Where a script runs. */
export interface TransactionPlace {
  readonly work: Connection
  /** Where tables of models without `@@schema` are. */
  readonly schema: string
  /** The script, for messages. */
  readonly file: string
  /** The table whose key batches follow: no statement may change it. */
  readonly follows?: StepTarget | undefined
}

/** Opens it to a script. */
export function openTransaction({ work, schema, file, follows }: TransactionPlace): OpenTransaction {
  const targets = new Set<string>()
  let refusal: Error | undefined
  let lastError: unknown
  let isOpen = true
  const guarded = async <Result>(text: string, send: () => Promise<Result>): Promise<Result> => {
    try {
      const named = await guardStatement(text, file, follows)
      if (!isOpen) throw scriptFailed(file, 'A statement came after the script had ended: an await is missing.', { file })
      for (const target of named.filter(({ name }) => !targets.has(name))) {
        await requireUndoable(work, target)
        targets.add(target.name)
      }
      return await send()
    } catch (error) {
      lastError = error
      if (isFailure(error)) refusal ??= error
      throw error
    }
  }
  const query = async (text: string, values: readonly unknown[] = []) => {
    // Several statements in one text answer with a result each, which the types of `pg` do not know.
    const results = await guarded(text, async () => [
      await work.query<object>(text, values.length === 0 ? undefined : [...values]),
    ].flat())
    const last = results.at(-1)
    return { rows: last?.rows ?? [], rowCount: last?.rowCount ?? 0 }
  }
  const session = {
    query: (config: string | { readonly text: string }) =>
      guarded(typeof config === 'string' ? config : config.text, () => work.query(config)),
  }
  const client = <Client extends object>(PrismaClient: PrismaClientOf<Client>): Client =>
    // Of a session nothing is used but its queries; and what the class makes is what it says.
    createClientOnConnection(PrismaClient, session as unknown as Connection, schema) as Client
  return {
    // What rows are, only the caller knows: he names their type.
    tx: { query: query as FixTransaction['query'], client },
    targets,
    refusal: () => refusal,
    lastError: () => lastError,
    close: () => {
      isOpen = false
    },
  }
}
