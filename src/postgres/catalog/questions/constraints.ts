import type { CatalogQuestion } from '../question.ts'
import { qualifiedName } from '../scope.ts'

/**
 * Constraints of tables. From PostgreSQL 18 on, NOT NULL is one of them and keeps the name that
 * its column had first; `notNull` of the column says all there is to know. A NOT NULL that is not
 * yet validated or not inherited is told apart by the name of its column.
 */
export const constraints: CatalogQuestion = {
  kind: 'constraint',
  sql: `
    SELECT CASE WHEN k.contype = 'n' THEN
          format('%s.%I not null', ${qualifiedName('c', 'c.relname')}, (SELECT a.attname FROM pg_attribute a
            WHERE a.attrelid = k.conrelid AND a.attnum = k.conkey[1]))
        ELSE format('%s.%I', ${qualifiedName('c', 'c.relname')}, k.conname) END AS name,
      pg_get_constraintdef(k.oid) AS definition,
      CASE WHEN k.confrelid <> 0 THEN k.confrelid::regclass::text END AS references,
      k.convalidated AS validated,
      k.condeferrable AS deferrable,
      k.condeferred AS "initiallyDeferred",
      k.connoinherit AS "noInherit",
      (SELECT i.indisclustered FROM pg_index i WHERE i.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')) AS clustered,
      k.conislocal AS "isLocal"
    FROM pg_constraint k
    JOIN relation c ON c.oid = k.conrelid
    WHERE k.contype <> 't'
      AND (k.contype <> 'n' OR NOT k.convalidated OR k.connoinherit AND c.relkind <> 'p')`,
}
