import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, isLedger, isUserSchema } from '../scope.ts'

/**
 * Comments, under the name of what they describe. OIDs below 16384 are PostgreSQL's own; a comment of an extension's
 * member is the extension's.
 */
export const comments: CatalogQuestion = {
  kind: 'comment',
  source: `pg_description WHERE objoid >= ${firstOwnOid}`,
  sql: `
    SELECT format('%s %s', (o.i).type, (o.i).identity) AS name, d.description AS text
    FROM pg_description d, LATERAL (SELECT pg_identify_object(d.classoid, d.objoid, d.objsubid) AS i) o
    WHERE d.objoid >= ${firstOwnOid}
      AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = d.classoid AND m.objid = d.objoid AND m.deptype = 'e')
      AND d.classoid <> 'pg_extension'::regclass
      AND ((o.i).schema IS NULL OR ${isUserSchema('(o.i).schema')})
      AND NOT (d.classoid = 'pg_class'::regclass AND EXISTS (
        SELECT FROM pg_class c WHERE c.oid = d.objoid AND ${isLedger('c')}))`,
}
