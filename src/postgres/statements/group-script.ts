import { type CommitGroup, openingLength } from './commit-groups.ts'
import { bookkeepingFailed } from './errors.ts'
import { errorOffset, explainStatementError } from './explain-error.ts'
import type { ScriptOutcome } from './send-script.ts'
import { parseStatements } from './parse-statements.ts'
import type { Statement } from './statement.ts'
import { type Failure, withCause } from '../../errors/failure.ts'
import { isConnectionLoss } from '../sqlstate.ts'

/** A commit group as the text that is sent, and where its statements stand in it. */
export interface GroupScript {
  readonly text: string
  readonly pieces: readonly Piece[]
  /** The index of COMMIT among the pieces; absent where the text is no transaction. */
  readonly commit?: number
}

interface Piece {
  readonly start: number
  /** Absent for what Tide adds around the file's statements. */
  readonly statement?: Statement
  /** It is a whole file, of any number of statements. */
  readonly isWhole?: boolean
}

/** What Tide sends with a transactional group, in the same transaction and the same round trip. */
export interface GroupFrame {
  /** SET statements after BEGIN; those of the file come later and win. */
  readonly settings?: readonly string[]
  /** One statement each, before the group's, but after its SET TRANSACTION, which must precede every query. */
  readonly before?: readonly string[]
  /** One statement each, before COMMIT. */
  readonly after?: readonly string[]
  /** SET statements of the session, after COMMIT. */
  readonly then?: readonly string[]
}

/** What is known of a script that was sent, when it fails. */
interface SentGroup {
  readonly group: CommitGroup
  readonly script: GroupScript
}

/** The text of a group: one transaction with what Tide adds, or the bare statement that refuses one. */
export function groupScript(group: CommitGroup, frame: GroupFrame = {}): GroupScript {
  const statements = group.statements.map((statement) => ({ sql: statement.text, statement }))
  if (!group.transactional) return join(statements)
  const whole = group.whole === undefined ? [] : [{ sql: group.whole.text, isWhole: true }]
  const own = (sql: string): { readonly sql: string } => ({ sql })
  const opening = openingLength(group.statements)
  const transaction = [
    own(group.begin ?? 'BEGIN'),
    ...(frame.settings ?? []).map(own),
    ...statements.slice(0, opening),
    ...(frame.before ?? []).map(own),
    ...statements.slice(opening),
    ...whole,
    ...(frame.after ?? []).map(own),
    own('COMMIT'),
  ]
  return { ...join([...transaction, ...(frame.then ?? []).map(own)]), commit: transaction.length - 1 }
}

/**
 * The failure of the group's statement that the server refused. Where no position was given it is the first
 * statement that was not completed; what fails at COMMIT (a deferred constraint) is laid at the last one.
 */
export async function explainGroupError(outcome: ScriptOutcome, sent: SentGroup): Promise<Failure> {
  const { error, completed } = outcome
  const { script, group } = await divideWhole(sent)
  const offset = errorOffset(error, script.text)
  const index = offset === undefined ? completed : script.pieces.findLastIndex((one) => one.start <= offset)
  const piece = script.pieces[index]
  if (piece?.statement !== undefined) {
    return explainStatementError(error, piece.statement, offset === undefined ? 0 : offset - piece.start)
  }
  const last = group.statements.at(-1)
  if (last === undefined || (index !== script.commit && !isConnectionLoss(error))) {
    return withCause(bookkeepingFailed(messageOf(error)), error)
  }
  return explainStatementError(error, last)
}

/** Divides a file that was sent undivided, now that one of its statements is looked for. */
async function divideWhole({ script, group }: SentGroup): Promise<SentGroup> {
  if (group.whole === undefined) return { script, group }
  const statements = await parseStatements(group.whole.text, group.whole.file)
  const pieces = script.pieces.flatMap((piece): readonly Piece[] =>
    piece.isWhole === true
      ? statements.map((statement) => ({ start: piece.start + statement.start, statement }))
      : [piece],
  )
  const commit = (script.commit ?? 0) + statements.length - 1
  return { script: { ...script, pieces, commit }, group: { ...group, statements } }
}

/** How many statements of the file were run, when all went well. */
export function countStatements({ group, script }: SentGroup, completed: number): number {
  return group.whole === undefined ? group.statements.length : completed - (script.pieces.length - 1)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The semicolon stands on a line of its own: a statement may end in a comment. */
function join(parts: readonly ({ readonly sql: string } & Omit<Piece, 'start'>)[]): GroupScript {
  let text = ''
  const pieces: Piece[] = []
  for (const { sql, ...piece } of parts) {
    pieces.push({ ...piece, start: text.length })
    text += parts.length === 1 ? sql : `${sql}\n;\n`
  }
  return { text, pieces }
}
