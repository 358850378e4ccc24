import type { Script } from './arena/script.ts'

/**
 * Statements whose effect lies outside the database, so that no rollback of the structure takes them back and no
 * rehearsal sees whether it does; unless `down.sql` has a statement of the same family.
 */
export function beyondRollback(up: Script, down: Script | undefined): readonly string[] {
  const answered = new Set((down?.statements ?? []).map(({ kind }) => families[kind]))
  const found = up.statements.flatMap(({ kind }) => families[kind] ?? []).filter((family) => !answered.has(family))
  return [...new Set(found)].map((family) => `${family} and stay as they are`)
}

const roles = 'roles belong to the whole server'
const settings = 'settings of the server and its databases are changed'

const families: Readonly<Record<string, string>> = {
  CreateRoleStmt: roles,
  AlterRoleStmt: roles,
  AlterRoleSetStmt: roles,
  DropRoleStmt: roles,
  GrantRoleStmt: roles,
  AlterSystemStmt: settings,
  AlterDatabaseStmt: settings,
  AlterDatabaseSetStmt: settings,
  CreatedbStmt: 'databases are made',
  DropdbStmt: 'databases are dropped',
}
