import { type Connection, connect } from '../postgres/connect.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { liveCatalog, type RecordedAnswers, recordedCatalog } from '../prisma/catalog-source.ts'
import type { FileCache } from '../project/file-cache.ts'
import { readStartFacts, type StartFacts } from './start-facts.ts'
import type { StartingPoint } from './starting-point.ts'

/** A rehearsal, of which the planner needs where it is and how it is thrown away. */
export interface DisposableRehearsal {
  readonly url: DatabaseUrl
  drop(): Promise<void>
}

/** A starting point whose catalog was read once and is kept by the history's key; a rehearsal is made when needed. */
export interface CachedStart extends StartingPoint, AsyncDisposable {
  /** True where it was kept before: a rehearsal of it is one clone. */
  readonly isWarm: boolean
  /** Keeps what was read for the next time. */
  keep(): Promise<void>
}

/**
 * @param schemaName where unqualified names live
 * @param rehearse makes a rehearsal at the history's end
 */
export async function openCachedStart(
  cache: FileCache,
  key: string,
  schemaName: string,
  rehearse: () => Promise<DisposableRehearsal>,
): Promise<CachedStart> {
  const name = `${key}.start-${String(formatVersion)}.json`
  const kept = parse(await cache.get(name))
  let opened: Promise<{ readonly rehearsal: DisposableRehearsal; readonly connection: Connection }> | undefined
  const open = async (): Promise<Connection> => {
    opened ??= rehearse().then(async (rehearsal) => ({ rehearsal, connection: await connect(rehearsal.url) }))
    return (await opened).connection
  }
  const catalog = recordedCatalog(kept?.answers ?? {}, async () => liveCatalog(await open(), schemaName), schemaName)
  let facts: StartFacts | undefined = kept?.facts
  return {
    isWarm: kept !== undefined,
    catalog,
    open,
    facts: async () => (facts ??= await readStartFacts(await open())),
    keep: async () => {
      if (catalog.complete() && kept?.facts !== undefined) return
      await cache.set(name, JSON.stringify({ answers: catalog.recorded(), facts }))
    },
    [Symbol.asyncDispose]: async () => {
      const resources = await opened?.catch(() => undefined)
      await resources?.connection.end()
      await resources?.rehearsal.drop()
    },
  }
}

/** Raised when the shape of what is kept changes: older files are then read anew. */
const formatVersion = 2

function parse(text: string | undefined): { answers: RecordedAnswers; facts?: StartFacts } | undefined {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as { answers: RecordedAnswers; facts?: StartFacts }
  } catch {
    return undefined
  }
}
