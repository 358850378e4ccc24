import { isFailure } from '../../errors/failure.ts'
import { type CommitGroup, groupStatements, openingLength } from '../../postgres/statements/commit-groups.ts'
import { parseStatements } from '../../postgres/statements/parse-statements.ts'
import type { Statement } from '../../postgres/statements/statement.ts'

/** A file of a migration, read: as it is run, and how much of it can be tried within one transaction. */
export interface Script {
  readonly text: string
  readonly file: string
  readonly statements: readonly Statement[]
  readonly groups: readonly CommitGroup[]
  /** Why it cannot be run at all. */
  readonly unreadable?: ScriptError
}

/** Why a script stopped. */
export interface ScriptError {
  readonly sqlstate: string
  /** PostgreSQL's words. */
  readonly message: string
  /** Of the statement in its file, from 1. */
  readonly line: number
}

/** Reads a file; one that cannot be read stops at once when it is run. */
export async function readScript(text: string, file: string): Promise<Script> {
  try {
    const statements = await parseStatements(text, file)
    return { text, file, statements, groups: groupStatements(statements) }
  } catch (error) {
    if (!isFailure(error)) throw error
    const { message, where } = error.details
    return { text, file, statements: [], groups: [], unreadable: { sqlstate: '42601', message, line: where?.line ?? 1 } }
  }
}

/** True where all of it can be run in a transaction that others have begun, and taken back without a trace. */
export function fitsInside({ groups, statements }: Script): boolean {
  if (groups.length > 1 || statements.some(({ kind }) => staying.has(kind))) return false
  return groups.every(
    ({ transactional, begin, statements: own }) => transactional && begin === undefined && openingLength(own) === 0,
  )
}

/** What a ROLLBACK leaves in the session, or does not let happen a second time. */
const staying: ReadonlySet<string> = new Set([
  'PrepareStmt',
  'DeallocateStmt',
  'LoadStmt',
  'ListenStmt',
  'DeclareCursorStmt',
])
