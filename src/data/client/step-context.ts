import type { DataContext } from '../define-data.ts'
import { transactionEnded } from '../errors.ts'
import { createClientOnConnection, type PrismaClientClass } from '../../prisma/client-on-connection.ts'
import type { Connection } from '../../postgres/connect.ts'

/** Makes what a function of a data step is given, once for each session. */
export type StepContexts = (connection: Connection) => Promise<DataContext>

/**
 * @param load loads the client; called when the step first uses it, or its rows are read
 * @param schema where tables of models without `@@schema` are
 */
export function createStepContexts(
  migration: string,
  schema: string,
  load: (() => Promise<PrismaClientClass>) | undefined,
): StepContexts {
  const contexts = new WeakMap<Connection, DataContext>()
  let loading: Promise<PrismaClientClass> | undefined
  return async (connection) => {
    const known = contexts.get(connection)
    if (known !== undefined) return known
    const PrismaClient = load === undefined ? undefined : await (loading ??= load())
    const context: DataContext = {
      client: PrismaClient === undefined ? undefined : createClientOnConnection(PrismaClient, connection, schema),
      query: async (text, values = []) => {
        // The cursor commits with what was changed: nobody else may end the transaction.
        if (endsTransaction.test(text)) throw transactionEnded(migration)
        const { rows, rowCount } = await connection.query<Record<string, unknown>>(text, [...values])
        return { rows, rowCount: rowCount ?? 0 }
      },
    }
    contexts.set(connection, context)
    return context
  }
}

const endsTransaction =
  /^\s*(begin|start\s+transaction|commit|end|abort|prepare\s+transaction|rollback(?!\s+(work\s+|transaction\s+)?to\b))\b/i
