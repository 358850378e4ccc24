import type { Catalog } from '../../postgres/catalog/catalog.ts'
import type { Connection } from '../../postgres/connect.ts'
import { readServerError } from '../../postgres/server-error.ts'
import { isConnectionLoss, sqlstate } from '../../postgres/sqlstate.ts'
import { rollBack, sendScript } from '../../postgres/statements/send-script.ts'
import type { Arena } from './arena.ts'
import type { Script, ScriptError } from './script.ts'

/**
 * One transaction that is rolled back in the end: nothing of a database need be copied. Only for scripts of one commit
 * group (`fitsInside`), in a database without constraints that wait for the end of a transaction.
 * @param catalog what the database holds, as the transaction finds it
 */
export async function openTransactionArena(connection: Connection, catalog: Catalog): Promise<Arena> {
  let hasStumbled = false
  const send = async (sql: string): Promise<void> => {
    await connection.query(sql)
  }
  await connection.query(['BEGIN', ...keepSequences(catalog)].join(';\n'))
  return {
    database: undefined,
    connection,
    change: (work) => work(connection),
    run: async (script) => {
      const error = script.unreadable ?? (await runInside(connection, script, () => { hasStumbled = true }))
      if (error !== undefined && needsCommit.has(error.sqlstate)) hasStumbled = true
      return error
    },
    mark: () => send('SAVEPOINT tide_mark'),
    reset: () => send('ROLLBACK TO SAVEPOINT tide_mark'),
    get hasStumbled() {
      return hasStumbled
    },
    [Symbol.asyncDispose]: () => rollBack(connection),
  }
}

/** True where constraints wait for the end of a transaction by themselves, so that it must be a real one. */
export function hasWaitingConstraints(catalog: Catalog): boolean {
  return catalog.objects.some(({ kind, definition }) => kind === 'constraint' && definition['initiallyDeferred'] === true)
}

/**
 * ROLLBACK does not take numbers back that sequences gave, unless the sequence was changed in the same transaction: it
 * then writes into a file of its own, which goes with the transaction. Setting what is set already is such a change.
 */
function keepSequences(catalog: Catalog): readonly string[] {
  return catalog.objects.flatMap(({ kind, name, definition }) =>
    kind === 'sequence' ? [`ALTER SEQUENCE ${name} INCREMENT BY ${String(definition['increment'])}`] : [],
  )
}

/** @param onLoss called where the script ended the session, before the error is thrown */
async function runInside(
  connection: Connection,
  { statements }: Script,
  onLoss: () => void,
): Promise<ScriptError | undefined> {
  const text = [
    'SAVEPOINT tide_run',
    ...statements.filter(({ kind }) => kind !== 'TransactionStmt').map((statement) => statement.text),
    // What COMMIT and another session would do.
    'SET CONSTRAINTS ALL IMMEDIATE',
    'RESET ALL',
    'RESET SESSION AUTHORIZATION',
    'RELEASE SAVEPOINT tide_run',
  ].join('\n;\n')
  const { error, completed } = await sendScript(connection, text)
  if (error === undefined) return undefined
  if (isConnectionLoss(error)) {
    onLoss()
    throw error as Error
  }
  await connection.query('ROLLBACK TO SAVEPOINT tide_run; RELEASE SAVEPOINT tide_run')
  const statement = statements[completed - 1] ?? statements.at(-1)
  const { sqlstate: code, message } = readServerError(error)
  return { sqlstate: code, message, line: statement?.line ?? 1 }
}

/** What fails within somebody else's transaction alone. */
const needsCommit: ReadonlySet<string> = new Set([
  sqlstate.unsafeNewEnumValue,
  sqlstate.activeTransaction,
  sqlstate.invalidTransactionTermination,
  sqlstate.objectInUse,
  '25P02',
  '3B001',
])
