import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { lastPart, sayName, spokenName } from '../../postgres/catalog/names.ts'
import type { Connection } from '../../postgres/connect.ts'
import { quoteLiteral } from '../../postgres/quote.ts'
import { readServerError } from '../../postgres/server-error.ts'
import { readConstant } from '../../postgres/statements/constant.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import { type Casts, castExpression, retypedColumns } from './casts.ts'
import { isRecord, relationName } from './walk-tree.ts'

/** By column (`schema.table.column`, as people say it) the text of a constant; undefined for any other expression. */
export type FilledNulls = ReadonlyMap<string, string | undefined>

/** What a script puts where a column is NULL: `UPDATE t SET c = 'x' WHERE c IS NULL`. */
export function filledNulls(statements: readonly Statement[], schema: string): FilledNulls {
  const found = new Map<string, string | undefined>()
  for (const { node } of statements) {
    if (!('UpdateStmt' in node)) continue
    const { relation, targetList = [], whereClause, fromClause } = node.UpdateStmt
    const [target] = targetList
    if (targetList.length !== 1 || fromClause !== undefined || target === undefined || !('ResTarget' in target)) continue
    const { name = '', val } = target.ResTarget
    if (isNullTest(whereClause, name)) found.set(`${relationName(relation, schema)}.${spokenName([name])}`, readConstant(val)?.text)
  }
  return found
}

/**
 * Those of them that the column's old type does not take: no row can have come with such a value, so that it is NULL
 * again on the way back.
 */
export async function strangersToOldType(
  connection: Connection,
  filled: FilledNulls,
  { now, before, casts }: { readonly now: Catalog; readonly before: Catalog; readonly casts: Casts },
): Promise<ReadonlyMap<string, string>> {
  const strangers = new Map<string, string>()
  for (const { name, from, to } of filled.size === 0 ? [] : retypedColumns(now, before)) {
    const plain = sayName(name)
    const written = filled.get(plain)
    if (written === undefined || from === 'json' || isRequired(name, before)) continue
    const text = presentName(written, from, now, casts)
    if (text === undefined) continue
    const labels = labelsOf(to, before)
    const isTaken = labels !== undefined
      ? labels.includes(text)
      : await isConverted(connection, `SELECT ${castExpression(name, from, to, casts) ?? lastPart(name)}::${to}
          FROM (SELECT ${quoteLiteral(text)}::${from} AS ${lastPart(name)}) AS filled`)
    if (!isTaken) strangers.set(plain, text)
  }
  return strangers
}

/** What a value of an enum is called where it has its old name again; undefined where the enum does not have it. */
function presentName(value: string, type: string, now: Catalog, { renamed }: Casts): string | undefined {
  const held = labelsOf(type, now)
  if (held === undefined || held.includes(value)) return value
  const old = renamed.get(sayName(type))?.get(value)
  return old !== undefined && held.includes(old) ? old : undefined
}

function labelsOf(type: string, { objects }: Catalog): readonly string[] | undefined {
  const values = objects.find(({ kind, name }) => kind === 'enum' && name === type)?.definition['values']
  return Array.isArray(values) ? (values as readonly string[]) : undefined
}

function isRequired(column: string, { objects }: Catalog): boolean {
  const found = objects.find(({ kind, name }) => kind === 'column' && name === column)
  return found?.definition['notNull'] === true
}

/** False where the value is what the server refuses (SQLSTATE class 22). */
async function isConverted(connection: Connection, sql: string): Promise<boolean> {
  await connection.query('SAVEPOINT tide_convert')
  try {
    await connection.query(sql)
    await connection.query('RELEASE SAVEPOINT tide_convert')
    return true
  } catch (error) {
    await connection.query('ROLLBACK TO SAVEPOINT tide_convert; RELEASE SAVEPOINT tide_convert')
    return !readServerError(error).sqlstate.startsWith('22')
  }
}

function isNullTest(condition: unknown, column: string): boolean {
  const test = isRecord(condition) ? condition['NullTest'] : undefined
  if (!isRecord(test) || test['nulltesttype'] !== 'IS_NULL' || !isRecord(test['arg'])) return false
  const reference = test['arg']['ColumnRef']
  return isRecord(reference) && JSON.stringify(reference['fields']).includes(JSON.stringify({ sval: column }))
}
