import type { CatalogQuestion } from '../question.ts'
import { isOwnObject } from '../scope.ts'

/** Foreign-data wrappers and servers. Of the options only a hash is read: they may hold a password. */
export const foreignData: CatalogQuestion = {
  kind: 'foreign server',
  source: 'pg_foreign_data_wrapper',
  sql: `
    SELECT 'foreign-data wrapper' AS kind, quote_ident(w.fdwname) AS name,
      nullif(w.fdwhandler::regproc::text, '-') AS handler, md5(w.fdwoptions::text) AS options, NULL AS wrapper
    FROM pg_foreign_data_wrapper w WHERE ${isOwnObject('pg_foreign_data_wrapper', 'w.oid')}
    UNION ALL
    SELECT 'foreign server', quote_ident(s.srvname), NULL, md5(s.srvoptions::text), quote_ident(w.fdwname)
    FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
    WHERE ${isOwnObject('pg_foreign_server', 's.oid')}
    UNION ALL
    SELECT 'foreign table', t.ftrelid::regclass::text, NULL, md5(t.ftoptions::text), quote_ident(s.srvname)
    FROM pg_foreign_table t JOIN pg_foreign_server s ON s.oid = t.ftserver
    WHERE ${isOwnObject('pg_class', 't.ftrelid')}`,
}
