import type { Statement } from '../../postgres/statements/statement.ts'
import type { EnumColumn, ObjectName, Operation } from './operation.ts'
import { readClauses, readColumnDeclaration, splitAtCommas, unquote } from './read-clauses.ts'

/** One statement; its text holds no comment and no semicolon. */
export function readStatement(statement: Pick<Statement, 'text' | 'kind'>): Operation {
  const { text } = statement
  return forms.get(statement.kind)?.(text) ?? { kind: 'other', text }
}

const identifier = /"(?:[^"]|"")+"/.source
const qualified = `(?:(${identifier})\\.)?(${identifier})`

const forms: ReadonlyMap<string, (text: string) => Operation | undefined> = new Map<
  string,
  (text: string) => Operation | undefined
>([
  ['AlterTableStmt', readAlterTable],
  ['CreateStmt', readCreateTable],
  ['DropStmt', readDrop],
  ['CreateEnumStmt', readCreateEnum],
  ['AlterEnumStmt', readAddEnumValue],
  ['IndexStmt', readCreateIndex],
])

function readAlterTable(text: string): Operation | undefined {
  const match = new RegExp(`^ALTER TABLE ${qualified} ([\\s\\S]+)$`).exec(text)
  if (match?.[2] === undefined || match[3] === undefined) return undefined
  const table = objectName(match[1], match[2])
  return readForeignKey(table, match[3], text) ?? { kind: 'alter-table', table, clauses: readClauses(match[3]) }
}

const foreignKey = new RegExp(
  `^ADD CONSTRAINT (${identifier}) FOREIGN KEY \\(([\\s\\S]+?)\\) REFERENCES ${qualified}\\(([\\s\\S]+?)\\) ON `,
)

function readForeignKey(table: ObjectName, clauses: string, text: string): Operation | undefined {
  const match = foreignKey.exec(clauses)
  if (match?.[1] === undefined || match[2] === undefined || match[4] === undefined || match[5] === undefined) {
    return undefined
  }
  return {
    kind: 'add-foreign-key',
    name: unquote(match[1]),
    table,
    columns: columnNames(match[2]),
    references: objectName(match[3], match[4]),
    referencedColumns: columnNames(match[5]),
    text,
  }
}

function readCreateTable(text: string): Operation | undefined {
  const match = new RegExp(`^CREATE TABLE ${qualified} \\(([\\s\\S]*)\\)$`).exec(text)
  if (match?.[2] === undefined || match[3] === undefined) return undefined
  const columns = splitAtCommas(match[3]).flatMap((part) => readColumnDeclaration(part) ?? [])
  return { kind: 'create-table', table: objectName(match[1], match[2]), columns, references: [], text }
}

function readDrop(text: string): Operation | undefined {
  const match = new RegExp(`^DROP (TABLE|TYPE|INDEX) ${qualified}$`).exec(text)
  if (match?.[3] === undefined) return undefined
  const name = objectName(match[2], match[3])
  if (match[1] === 'TABLE') return { kind: 'drop-table', table: name }
  return match[1] === 'TYPE' ? { kind: 'drop-enum', type: name } : { kind: 'drop-index', index: name, text }
}

function readCreateEnum(text: string): Operation | undefined {
  const match = new RegExp(`^CREATE TYPE ${qualified} AS ENUM \\(([\\s\\S]*)\\)$`).exec(text)
  if (match?.[2] === undefined || match[3] === undefined) return undefined
  return { kind: 'create-enum', type: objectName(match[1], match[2]), values: splitAtCommas(match[3]).map(unquoteText) }
}

function readAddEnumValue(text: string): Operation | undefined {
  const match = new RegExp(`^ALTER TYPE ${qualified} ADD VALUE ('(?:[^']|'')*')$`).exec(text)
  if (match?.[2] === undefined || match[3] === undefined) return undefined
  return { kind: 'add-enum-value', type: objectName(match[1], match[2]), value: unquoteText(match[3]) }
}

function readCreateIndex(text: string): Operation | undefined {
  const match = new RegExp(`^CREATE (UNIQUE )?INDEX (${identifier}) ON ${qualified}([\\s\\S]*)$`).exec(text)
  if (match?.[2] === undefined || match[4] === undefined) return undefined
  const list = /\(([\s\S]*)\)/.exec(match[5] ?? '')?.[1] ?? ''
  const columns = splitAtCommas(list).flatMap((part) => new RegExp(`^${identifier}`).exec(part)?.[0] ?? [])
  return {
    kind: 'create-index',
    unique: match[1] !== undefined,
    name: unquote(match[2]),
    table: objectName(match[3], match[4]),
    columns: columns.map(unquote),
    text,
  }
}

/** Reads `ALTER TABLE … ALTER COLUMN … TYPE "X_new"[] USING (…)` within the replacement of an enum. */
export function readEnumColumn(text: string): Omit<EnumColumn, 'defaultText' | 'dropsDefault'> | undefined {
  const match = new RegExp(`^ALTER TABLE ${qualified} ALTER COLUMN (${identifier}) TYPE ${qualified}(\\[\\])? USING`).exec(text)
  if (match?.[2] === undefined || match[3] === undefined) return undefined
  return {
    table: objectName(match[1], match[2]),
    column: unquote(match[3]),
    isList: match[6] !== undefined,
    using: undefined,
  }
}

function columnNames(list: string): readonly string[] {
  return splitAtCommas(list).map(unquote)
}

function objectName(schema: string | undefined, name: string): ObjectName {
  return { schema: schema === undefined ? undefined : unquote(schema), name: unquote(name) }
}

function unquoteText(literal: string): string {
  return literal.slice(1, -1).replaceAll("''", "'")
}
