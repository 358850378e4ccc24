import type { CatalogQuestion } from '../question.ts'

/** Installed extensions. The version is the server's affair: another server may only have another one. */
export const extensions: CatalogQuestion = {
  kind: 'extension',
  sql: `
    SELECT quote_ident(e.extname) AS name, quote_ident(n.nspname) AS schema,
      obj_description(e.oid, 'pg_extension') AS comment
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace`,
}
