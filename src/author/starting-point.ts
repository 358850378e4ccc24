import { type Connection, connect } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { type CatalogSource, liveCatalog } from '../prisma/catalog-source.ts'
import { readStartFacts, type StartFacts } from './start-facts.ts'

/** The end of a history, as the planner sees it. */
export interface StartingPoint {
  /** Answers the engine's questions; may be a record of earlier answers. */
  readonly catalog: CatalogSource
  facts(): Promise<StartFacts>
  /** A session on a rehearsal at the history's end, which the planner may change. The caller closes it. */
  open(): Promise<Connection>
}

/** A rehearsal that stands at the history's end and may be changed. Sessions are closed with the value. */
export async function startFromDatabase(url: DatabaseUrl): Promise<StartingPoint & AsyncDisposable> {
  const connection = await connect(url)
  return {
    catalog: liveCatalog(connection, url.schema),
    facts: () => readStartFacts(connection),
    open: () => Promise.resolve(connection),
    [Symbol.asyncDispose]: () => connection.end(),
  }
}
