import { isFailure } from '../../errors/failure.ts'
import { connect, type Connection } from '../../postgres/connect.ts'
import { connectionLost } from '../../postgres/errors.ts'
import type { Rehearsal, Rehearsals } from '../../postgres/rehearsal/rehearsals.ts'
import { runScript } from '../../postgres/statements/run-script.ts'
import { readServerError } from '../../postgres/server-error.ts'
import type { Arena } from './arena.ts'
import type { Script, ScriptError } from './script.ts'

/** What is needed of the rehearsals. */
export type CopyingRehearsals = Pick<Rehearsals, 'copy'>

/**
 * A database of its own, in which everything is committed, as on any server. Going back means another copy.
 * @param start a fresh rehearsal; the arena drops it
 */
export async function openCloneArena(rehearsals: CopyingRehearsals, start: Rehearsal): Promise<Arena> {
  let current = start
  let connection = await connect(current.url)
  let marked: Rehearsal | undefined

  const enter = async (rehearsal: Rehearsal): Promise<void> => {
    current = rehearsal
    connection = await connect(rehearsal.url)
  }
  return {
    get database() {
      return current.url
    },
    get connection() {
      return connection
    },
    change: async (work) => {
      await connection.query('BEGIN')
      try {
        const result = await work(connection)
        await connection.query('COMMIT')
        return result
      } catch (error) {
        await connection.query('ROLLBACK')
        throw error
      }
    },
    run: async (script) => {
      if (script.unreadable !== undefined) return script.unreadable
      const error = await runCommitted(connection, script)
      // What comes next is another session, as it would be on any server.
      await connection.end()
      await enter(current)
      return error
    },
    mark: async () => {
      await connection.end()
      marked = current
      await enter(await rehearsals.copy(marked))
    },
    reset: async () => {
      await connection.end()
      await current.drop()
      if (marked !== undefined) await enter(await rehearsals.copy(marked))
    },
    hasStumbled: false,
    [Symbol.asyncDispose]: async () => {
      await connection.end()
      await current.drop()
      await marked?.drop()
    },
  }
}

async function runCommitted(connection: Connection, script: Script): Promise<ScriptError | undefined> {
  try {
    await runScript(connection, script.text, script.file)
    return undefined
  } catch (error) {
    if (!isFailure(error)) throw error
    // Nobody else knows of this database: the script ended its own session.
    if (error.code === connectionLost.code) {
      const { sqlstate: code, message } = readServerError(error.cause)
      return { sqlstate: code, message, line: 1 }
    }
    const { message, meta, where } = error.details
    const [, said = message] = /: (.*) \(SQLSTATE \w+\)\.$/s.exec(message) ?? []
    const code = meta?.['sqlstate']
    return { sqlstate: typeof code === 'string' ? code : '', message: said, line: where?.line ?? 1 }
  }
}
