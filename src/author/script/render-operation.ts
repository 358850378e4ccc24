import { assertNever } from '../../errors/bug.ts'
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../../postgres/quote.ts'
import type { Clause, ColumnDeclaration, EnumColumn, EnumPosition, ObjectName, OperationOf, Operation } from './operation.ts'

/** An operation as SQL statements, each without its semicolon. */
export function renderOperation(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'alter-table':
      return operation.clauses.length === 0
        ? []
        : [`ALTER TABLE ${renderName(operation.table)} ${operation.clauses.map(renderClause).join(',\n')}`]
    case 'drop-table':
      return [`DROP TABLE ${renderName(operation.table)}`]
    case 'create-enum':
      return [`CREATE TYPE ${renderName(operation.type)} AS ENUM (${operation.values.map(quoteLiteral).join(', ')})`]
    case 'drop-enum':
      return [`DROP TYPE ${renderName(operation.type)}`]
    case 'add-enum-value':
      return [
        `ALTER TYPE ${renderName(operation.type)} ADD VALUE ${quoteLiteral(operation.value)}${renderPosition(operation.position)}`,
      ]
    case 'replace-enum':
      return renderEnumReplacement(operation)
    case 'statements':
      return operation.statements
    case 'create-table':
    case 'create-index':
    case 'drop-index':
    case 'add-foreign-key':
    case 'update':
    case 'other':
      return [operation.text]
    default:
      return assertNever(operation)
  }
}

/** The name as SQL. */
export function renderName(name: ObjectName): string {
  return name.schema === undefined ? quoteIdentifier(name.name) : quoteQualified(name.schema, name.name)
}

/** One clause of ALTER TABLE as SQL, laid out as the engine does. */
export function renderClause(clause: Clause): string {
  if (clause.kind === 'other') return clause.text
  const column = quoteIdentifier(clause.column)
  switch (clause.kind) {
    case 'add-column':
      return `ADD COLUMN     ${renderDeclaration(clause)}`
    case 'drop-column':
      return `DROP COLUMN ${column}`
    case 'set-type':
      return `ALTER COLUMN ${column} SET DATA TYPE ${clause.type}${clause.using === undefined ? '' : ` USING (${clause.using})`}`
    case 'set-not-null':
      return `ALTER COLUMN ${column} SET NOT NULL`
    case 'drop-not-null':
      return `ALTER COLUMN ${column} DROP NOT NULL`
    case 'set-default':
      return `ALTER COLUMN ${column} SET DEFAULT ${clause.expression}`
    case 'drop-default':
      return `ALTER COLUMN ${column} DROP DEFAULT`
    default:
      return assertNever(clause)
  }
}

function renderDeclaration(column: ColumnDeclaration): string {
  const notNull = column.notNull ? ' NOT NULL' : ''
  const defaultText = column.defaultText === undefined ? '' : ` DEFAULT ${column.defaultText}`
  return `${quoteIdentifier(column.column)} ${column.type}${notNull}${defaultText}`
}

function renderPosition(position: EnumPosition | undefined): string {
  return position === undefined ? '' : ` ${position.place.toUpperCase()} ${quoteLiteral(position.value)}`
}

/** The engine's own steps, without its BEGIN and COMMIT: whoever applies the file opens the transaction. */
function renderEnumReplacement(operation: OperationOf<'replace-enum'>): readonly string[] {
  const replacement = { ...operation.type, name: `${operation.type.name}_new` }
  const old = { ...operation.type, name: `${operation.type.name}_old` }
  return [
    'BEGIN',
    `CREATE TYPE ${renderName(replacement)} AS ENUM (${operation.values.map(quoteLiteral).join(', ')})`,
    ...operation.columns
      .filter((column) => column.dropsDefault)
      .map((column) => `${alterColumn(column)} DROP DEFAULT`),
    ...operation.columns.map((column) => {
      const name = quoteIdentifier(column.column)
      const type = `${renderName(replacement)}${column.isList ? '[]' : ''}`
      const using = column.using ?? `${name}::text::${type}`
      return `${alterColumn(column)} TYPE ${type} USING (${using})`
    }),
    `ALTER TYPE ${renderName(operation.type)} RENAME TO ${quoteIdentifier(old.name)}`,
    `ALTER TYPE ${renderName(replacement)} RENAME TO ${quoteIdentifier(operation.type.name)}`,
    `DROP TYPE ${renderName(old)}`,
    ...operation.columns.flatMap((column) =>
      column.defaultText === undefined ? [] : [`${alterColumn(column)} SET DEFAULT ${column.defaultText}`],
    ),
    'COMMIT',
  ]
}

function alterColumn(column: EnumColumn): string {
  return `ALTER TABLE ${renderName(column.table)} ALTER COLUMN ${quoteIdentifier(column.column)}`
}
