import type { Statement } from './statement.ts'

/**
 * What a statement does outside its database, where no rollback of the structure takes it back and no rehearsal of one
 * database shows it; undefined for every other statement.
 * @param kind PostgreSQL's name of the statement
 */
export function serverWideEffect(kind: Statement['kind']): string | undefined {
  return effects[kind]
}

const roles = 'roles belong to the whole server and stay as they are'
const settings = 'settings of the server and its databases stay as they are'
const databases = 'databases of the server stay as they are'

const effects: Readonly<Record<string, string>> = {
  CreateRoleStmt: roles,
  AlterRoleStmt: roles,
  AlterRoleSetStmt: roles,
  DropRoleStmt: roles,
  GrantRoleStmt: roles,
  AlterSystemStmt: settings,
  AlterDatabaseStmt: settings,
  AlterDatabaseSetStmt: settings,
  CreatedbStmt: databases,
  DropdbStmt: databases,
}
