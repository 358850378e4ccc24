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
  const session = options.again === true ? await prepared(connection) : newSession(askScript)
  // The types of `pg` know no query of several statements: it answers with a result for each.
  const results = (await connection.query<Answers>(session.script)) as unknown as readonly QueryResult<Answers>[]
  const answers = results[settingsResults]?.rows[0]
  if (answers === undefined) throw new Bug('The catalog gave no answer.')
  const objects = catalogQuestions.flatMap((question, place) =>
    readAnswer(question, answers[answerName(place)] ?? '[]', session.last),
  )
  return { objects: objects.sort(byKindAndName) }
}

/** How a catalog is read. */
export interface ReadOptions {
  /**
   * The session will read more than once: PostgreSQL plans the queries only the first time, which is half of the work,
   * and what is as it was the last time is not read again from its text. Only for a session that is nobody else's, as
   * of a rehearsal: behind a pool the next query may be another session's.
   */
  readonly again?: boolean
}

/** The rows of each question as JSON: read by the runtime in a tenth of the time that rows of a driver take. */
type Answers = Readonly<Record<string, string>>

type Row = Readonly<Record<string, CatalogValue>> & {
  readonly name: string
  readonly kind?: string
  readonly position?: number
}

interface Session {
  readonly script: string
  /** What each question was answered last, and the objects that it was read as. */
  readonly last: Map<CatalogQuestion, { readonly answer: string; readonly objects: readonly CatalogObject[] }>
}

/** All questions in one statement, and so in one snapshot. In order, as otherwise the same rows may be another text. */
const allSql = `SELECT ${catalogQuestions
  .map(({ sql }, place) => `(SELECT json_agg(q ORDER BY q.name COLLATE "C") FROM (${sql}) q)::text AS ${answerName(place)}`)
  .join(',\n')}`
const askScript = withCanonicalSettings([allSql])
const prepareScript = withCanonicalSettings([`PREPARE tide_catalog AS ${allSql}`])
const executeScript = withCanonicalSettings(['EXECUTE tide_catalog'])
const sessions = new WeakMap<Connection, Session>()

function newSession(script: string): Session {
  return { script, last: new Map() }
}

function answerName(place: number): string {
  return `answer_${String(place)}`
}

async function prepared(connection: Connection): Promise<Session> {
  const known = sessions.get(connection)
  if (known !== undefined) return known
  await connection.query(prepareScript)
  const session = newSession(executeScript)
  sessions.set(connection, session)
  return session
}

function readAnswer(question: CatalogQuestion, answer: string, last: Session['last']): readonly CatalogObject[] {
  const known = last.get(question)
  if (known?.answer === answer) return known.objects
  const objects = (JSON.parse(answer) as readonly Row[]).map((row) => toObject(question, row))
  last.set(question, { answer, objects })
  return objects
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
