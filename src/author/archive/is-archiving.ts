import { archiveSchema } from '../../history/archive/registry.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import { prepareArchive } from './render-archives.ts'

/** True for a statement that changes nothing but the archive: it can be taken back without a trace. */
export function isArchiving({ node, text }: Statement): boolean {
  if ('DoStmt' in node) return text === prepareArchive
  if ('LockStmt' in node) return true
  if ('CreateTableAsStmt' in node) return node.CreateTableAsStmt.into?.rel?.schemaname === archiveSchema
  if ('InsertStmt' in node) return node.InsertStmt.relation?.schemaname === archiveSchema
  return 'UpdateStmt' in node && node.UpdateStmt.relation?.schemaname === archiveSchema
}
