import type { CatalogTable } from './catalog-table.ts'

/**
 * Statements that read or write all rows of a table. Its owner, who changes it, sees them all unless row security is
 * forced on the owner too: then a copy would silently leave out what no policy shows.
 * @param name the table as SQL
 */
export function withoutForcedSecurity(
  name: string,
  { table }: Pick<CatalogTable, 'table'>,
  statements: readonly string[],
): readonly string[] {
  if (table.definition['forceRowSecurity'] !== true || statements.length === 0) return statements
  return [
    `ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`,
    ...statements,
    `ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`,
  ]
}
