import type { CatalogQuestion } from '../question.ts'
import { foreignOwner, isOwnObject, isUserSchema, qualifiedName } from '../scope.ts'

/** Extended statistics. */
export const statistics: CatalogQuestion = {
  kind: 'statistics',
  source: 'pg_statistic_ext',
  sql: `
    SELECT ${qualifiedName('n', 's.stxname')} AS name,
      pg_get_statisticsobjdef(s.oid) AS definition,
      nullif(s.stxstattarget, -1)::int AS target,
      ${foreignOwner('s.stxowner')} AS owner
    FROM pg_statistic_ext s
    JOIN pg_namespace n ON n.oid = s.stxnamespace
    WHERE ${isUserSchema('n.nspname')} AND ${isOwnObject('pg_statistic_ext', 's.oid')}`,
}
