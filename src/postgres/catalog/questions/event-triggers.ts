import type { CatalogQuestion } from '../question.ts'
import { foreignOwner, isOwnObject } from '../scope.ts'

/** Event triggers. */
export const eventTriggers: CatalogQuestion = {
  kind: 'event trigger',
  source: 'pg_event_trigger',
  sql: `
    SELECT quote_ident(e.evtname) AS name, e.evtevent::text AS event, coalesce(e.evttags, '{}') AS tags,
      e.evtfoid::regprocedure::text AS function, e.evtenabled::text AS fires,
      ${foreignOwner('e.evtowner')} AS owner
    FROM pg_event_trigger e
    WHERE ${isOwnObject('pg_event_trigger', 'e.oid')}`,
}
