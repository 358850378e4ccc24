import type { QueryResult } from 'pg'
import { Bug } from '../../errors/bug.ts'
import { settingsResults, withCanonicalSettings } from '../canonical-settings.ts'
import type { Connection } from '../connect.ts'
import type { Catalog, CatalogObject, CatalogValue } from './catalog.ts'
import { catalogQuestions } from './catalog-questions.ts'
import type { CatalogQuestion } from './question.ts'

/**
 * Reads a database's whole structure in one round trip. Reads only; inside a transaction it sees what the transaction
 * did, and leaves the session's settings as they were. Needs PostgreSQL 14 or newer. Left out: system schemas, members
 * of extensions, the schemas `tide` and `tide_archive`, Prisma's ledger, the order of columns, where sequences stand.
 */
export async function readCatalog(connection: Connection, options: ReadOptions = {}): Promise<Catalog> {
  const script = options.again === true ? await preparedScript(connection) : catalogScript
  // The types of `pg` know no query of several statements: it answers with a result for each.
  const results = (await connection.query<Row>(script)) as unknown as readonly QueryResult<Row>[]
  const answers = results.slice(settingsResults, settingsResults + catalogQuestions.length)
  const objects = answers.flatMap((answer, position) =>
    answer.rows.map((row) => toObject(questionAt(position), row)),
  )
  return { objects: objects.sort(byKindAndName) }
}

/** How a catalog is read. */
export interface ReadOptions {
  /**
   * The session will read more than once: PostgreSQL plans the queries only the first time, which is half of the work.
   * Only for a session that is nobody else's, as of a rehearsal: behind a pool the next query may be another session's.
   */
  readonly again?: boolean
}

type Row = Readonly<Record<string, CatalogValue>> & {
  readonly name: string
  readonly kind?: string
  readonly position?: number
}

const catalogScript = withCanonicalSettings(catalogQuestions.map((question) => question.sql))
const prepareScript = withCanonicalSettings(catalogQuestions.map(({ sql }, place) => `PREPARE ${planName(place)} AS ${sql}`))
const executeScript = withCanonicalSettings(catalogQuestions.map((_, place) => `EXECUTE ${planName(place)}`))
const preparedIn = new WeakSet<Connection>()

function planName(place: number): string {
  return `tide_catalog_${String(place)}`
}

async function preparedScript(connection: Connection): Promise<string> {
  if (!preparedIn.has(connection)) {
    await connection.query(prepareScript)
    preparedIn.add(connection)
  }
  return executeScript
}

function questionAt(position: number): CatalogQuestion {
  const question = catalogQuestions[position]
  if (question === undefined) throw new Bug('The catalog gave more answers than there are questions.')
  return question
}

function toObject(question: CatalogQuestion, row: Row): CatalogObject {
  const { name, kind, position, ...definition } = row
  return {
    kind: kind ?? question.kind,
    name,
    ...(position === undefined ? {} : { position }),
    definition,
  }
}

/** By code unit, so that the order is the same on every machine. */
function byKindAndName(a: CatalogObject, b: CatalogObject): number {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return 0
}
