import type { CatalogQuestion } from '../question.ts'
import { firstOwnOid, foreignOwner, isOwnObject, isUserSchema, qualifiedName } from '../scope.ts'

/** Aggregates: the parts they are put together from. */
export const aggregates: CatalogQuestion = {
  kind: 'aggregate',
  source: `pg_proc WHERE prokind = 'a' AND oid >= ${firstOwnOid}`,
  sql: `
    SELECT format('%s(%s)', ${qualifiedName('n', 'p.proname')}, oidvectortypes(p.proargtypes)) AS name,
      a.aggtransfn::regprocedure::text AS transition,
      format_type(a.aggtranstype, NULL) AS state,
      a.agginitval AS "initialState",
      nullif(a.aggfinalfn::regprocedure::text, '-') AS final,
      nullif(a.aggcombinefn::regprocedure::text, '-') AS combine,
      a.aggkind::text AS "aggregateKind",
      p.proparallel::text AS parallel,
      nullif(a.aggsortop::regoperator::text, '0') AS "sortOperator",
      ${foreignOwner('p.proowner')} AS owner
    FROM pg_aggregate a
    JOIN pg_proc p ON p.oid = a.aggfnoid
    JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE ${isUserSchema('n.nspname')} AND ${isOwnObject('pg_proc', 'p.oid')}`,
}
