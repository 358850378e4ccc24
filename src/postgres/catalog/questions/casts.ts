import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, isNoPart, isOwnObject } from '../scope.ts'

/** Casts: what carries them out, and where they are taken without being asked for. */
export const casts: CatalogQuestion = {
  kind: 'cast',
  source: `pg_cast WHERE oid >= ${firstOwnOid}`,
  sql: `
    SELECT (o.i).identity AS name,
      CASE c.castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'assignment' ELSE 'explicit' END AS context,
      CASE c.castmethod WHEN 'f' THEN 'function' WHEN 'i' THEN 'text' ELSE 'binary' END AS method,
      nullif(c.castfunc::regprocedure::text, '-') AS function
    FROM pg_cast c, LATERAL (SELECT pg_identify_object('pg_cast'::regclass, c.oid, 0) AS i) o
    WHERE c.oid >= ${firstOwnOid} AND ${isOwnObject('pg_cast', 'c.oid')} AND ${isNoPart('pg_cast', 'c.oid')}`,
}
