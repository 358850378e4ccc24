import type { CatalogQuestion } from '../question.ts'

/** `ALTER … DEPENDS ON EXTENSION`: what DROP EXTENSION takes along. */
export const extensionDependencies: CatalogQuestion = {
  kind: 'dependency',
  source: `pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'x'`,
  sql: `
    SELECT format('%s %s on extension %I', (o.i).type, (o.i).identity, e.extname) AS name
    FROM pg_depend d
    JOIN pg_extension e ON e.oid = d.refobjid
    CROSS JOIN LATERAL (SELECT pg_identify_object(d.classid, d.objid, d.objsubid) AS i) o
    WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'x'`,
}
