import type { TransactionStmt } from 'libpg-query'
import { transactionControl } from './errors.ts'
import { whyOutsideTransaction } from './outside-transaction.ts'
import { placeInStatement } from './source-place.ts'
import type { Statement } from './statement.ts'

/** Consecutive statements that commit together; one that cannot run in a transaction is a group of its own. */
export interface CommitGroup {
  /** BEGIN and COMMIT of the file are in none: the group itself is the transaction. */
  readonly statements: readonly Statement[]
  /** False: sent alone, outside any transaction block. */
  readonly transactional: boolean
  /** Why it is not with its neighbours; absent where one group is all. */
  readonly reason?: string
  /** The file's own BEGIN where it has options (ISOLATION LEVEL …); the transaction is opened with it. */
  readonly begin?: string
  /** A file that was not divided into statements, since it surely is one group. */
  readonly whole?: { readonly text: string; readonly file: string }
}

/**
 * Divides a file's statements into as few commit groups as PostgreSQL and the file's own COMMITs allow.
 * - what refuses a transaction block stands alone;
 * - a COMMIT in the file ends a group, a BEGIN alone does not: what precedes it joins the transaction;
 * - SET TRANSACTION, which must precede every query, begins a group;
 * - a group ends after `ALTER TYPE … ADD VALUE` where anything else follows, which may use the value,
 *   unless the type was made in the same group.
 * @throws STATEMENT_TRANSACTION_CONTROL for ROLLBACK (not to a savepoint) and for two-phase commit
 */
export function groupStatements(statements: readonly Statement[]): readonly CommitGroup[] {
  const groups: CommitGroup[] = []
  let open: Statement[] = []
  let begin: string | undefined
  let reason: string | undefined

  const close = (next?: string): void => {
    if (open.length > 0) {
      groups.push({
        statements: open,
        transactional: true,
        ...(reason === undefined ? {} : { reason }),
        ...(begin === undefined ? {} : { begin }),
      })
    }
    open = []
    begin = undefined
    reason = next
  }

  for (const statement of statements) {
    if ('TransactionStmt' in statement.node) {
      const control = readControl(statement, statement.node.TransactionStmt)
      if (control === 'commit') close('it follows a COMMIT of the file')
      if (control === 'begin-with-options') {
        close('its BEGIN has options')
        begin = statement.text
      }
      if (control !== 'keep') continue
    }
    const outside = whyOutsideTransaction(statement)
    if (outside !== undefined) {
      close(`it follows ${outside}`)
      groups.push({ statements: [statement], transactional: false, reason: `${outside} cannot run in a transaction` })
      continue
    }
    const queries = setsTransaction(statement) ? open.findLastIndex(({ kind }) => kind !== 'VariableSetStmt') + 1 : 0
    if (queries > 0) {
      const settings = open.splice(queries)
      close('it begins with SET TRANSACTION')
      open = settings
    }
    if (addedValueTo(statement) === undefined && addsNewValue(open)) {
      close('it may use an enum value that was added just before')
    }
    open.push(statement)
  }
  close()
  return groups
}

/** How many statements at the beginning of a group are settings up to its SET TRANSACTION; 0 without one. */
export function openingLength(statements: readonly Statement[]): number {
  const end = statements.findIndex(({ kind }) => kind !== 'VariableSetStmt')
  return statements.slice(0, end === -1 ? undefined : end).findLastIndex(setsTransaction) + 1
}

function setsTransaction({ node }: Statement): boolean {
  return 'VariableSetStmt' in node && node.VariableSetStmt.name === 'TRANSACTION'
}

type Control = 'drop' | 'keep' | 'commit' | 'begin-with-options'

function readControl(statement: Statement, { kind, options }: TransactionStmt): Control {
  switch (kind) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return options === undefined || options.length === 0 ? 'drop' : 'begin-with-options'
    case 'TRANS_STMT_COMMIT':
      return 'commit'
    case 'TRANS_STMT_SAVEPOINT':
    case 'TRANS_STMT_RELEASE':
    case 'TRANS_STMT_ROLLBACK_TO':
      return 'keep'
    default:
      throw transactionControl(statement.text.split(/\s/)[0]?.toUpperCase() ?? '', placeInStatement(statement))
  }
}

/** True where the group adds a value to an enum that it did not make itself. */
function addsNewValue(group: readonly Statement[]): boolean {
  const made = new Set(group.map(madeEnum))
  return group.some((statement) => {
    const type = addedValueTo(statement)
    return type !== undefined && !made.has(type)
  })
}

function addedValueTo({ node }: Statement): string | undefined {
  // RENAME VALUE is an AlterEnumStmt as well, with `oldVal`; what it makes may be used at once.
  if (!('AlterEnumStmt' in node) || node.AlterEnumStmt.oldVal !== undefined) return undefined
  return JSON.stringify(node.AlterEnumStmt.typeName)
}

function madeEnum({ node }: Statement): string | undefined {
  return 'CreateEnumStmt' in node ? JSON.stringify(node.CreateEnumStmt.typeName) : undefined
}
