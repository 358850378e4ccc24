import type { QueryResult } from 'pg'
import { Bug } from '../../errors/bug.ts'
import { settingsResults, withCanonicalSettings } from '../canonical-settings.ts'
import type { Connection } from '../connect.ts'
import type { Catalog, CatalogObject, CatalogValue } from './catalog.ts'
import { catalogQuestions } from './catalog-questions.ts'
import type { CatalogQuestion } from './question.ts'
import { userRelations } from './scope.ts'

/**
 * Reads a database's whole structure in one round trip, or a few. Reads only; inside a transaction it sees what the
 * transaction did, and leaves the session's settings as they were. Needs PostgreSQL 14 or newer. Left out: system
 * schemas, members of extensions, the schemas `tide` and `tide_archive`, Prisma's ledger, the order of columns, where
 * sequences stand.
 */
export async function readCatalog(connection: Connection, options: ReadOptions = {}): Promise<Catalog> {
  const session = options.again === true ? sessionOf(connection) : newSession(false)
  const answers = await ask(connection, session, [commonPart, ...session.parts])
  const others = optionalParts.filter((part) => answers[part.name] === true && !session.parts.includes(part))
  session.parts.push(...others)
  const rest = others.length === 0 ? {} : await ask(connection, session, others)
  const objects = catalogQuestions.flatMap((question, place) => {
    const answer = answers[answerName(place)] ?? rest[answerName(place)]
    return readAnswer(question, typeof answer === 'string' ? answer : '[]', session.last)
  })
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

/**
 * By question its rows as JSON, read by the runtime in a tenth of the time that rows of a driver take; by part whether
 * there is anything to ask.
 */
type Answers = Readonly<Record<string, string | boolean | null>>

type Row = Readonly<Record<string, CatalogValue>> & {
  readonly name: string
  readonly kind?: string
  readonly position?: number
}

interface Session {
  /** Whether queries are prepared. */
  readonly isKept: boolean
  /** What is asked besides the common part: what was there before. */
  readonly parts: Part[]
  readonly prepared: Set<string>
  /** What each question was answered last, and the objects that it was read as. */
  readonly last: Map<CatalogQuestion, { readonly answer: string; readonly objects: readonly CatalogObject[] }>
}

/** Questions that are one statement. */
interface Part {
  /** Of the prepared statement; also of the column that says whether there is anything to ask. */
  readonly name: string
  readonly places: readonly number[]
  readonly sql: string
}

const optionalParts: readonly Part[] = catalogQuestions.flatMap(({ source }, place) =>
  source === undefined ? [] : [{ name: `tide_catalog_${place}`, places: [place], sql: selectOf([answerOf(place)]) }],
)

/** What every database has, and which of the other parts have anything to tell. */
const commonPart = ((): Part => {
  const places = [...catalogQuestions.keys()].filter((place) => catalogQuestions[place]?.source === undefined)
  const presence = optionalParts.map(
    ({ name, places: [place = 0] }) => `EXISTS (SELECT FROM ${catalogQuestions[place]?.source ?? ''}) AS ${name}`,
  )
  return { name: 'tide_catalog', places, sql: selectOf([...places.map(answerOf), ...presence]) }
})()

/** In order, as otherwise the same rows may be another text. */
function answerOf(place: number): string {
  return `(SELECT json_agg(q ORDER BY q.name COLLATE "C") FROM (${catalogQuestions[place]?.sql ?? ''}) q)::text AS ${answerName(place)}`
}

/** With the relations that count, where a question asks of them. */
function selectOf(columns: readonly string[]): string {
  const sql = `SELECT ${columns.join(',\n')}`
  return /\b(?:FROM|JOIN) relation\b/.test(sql) ? `WITH ${userRelations}\n${sql}` : sql
}

function answerName(place: number): string {
  return `answer_${String(place)}`
}

const sessions = new WeakMap<Connection, Session>()

function sessionOf(connection: Connection): Session {
  const session = sessions.get(connection) ?? newSession(true)
  sessions.set(connection, session)
  return session
}

function newSession(isKept: boolean): Session {
  return { isKept, parts: [], prepared: new Set(), last: new Map() }
}

/** The answers of the parts, in one simple query. */
async function ask(connection: Connection, session: Session, parts: readonly Part[]): Promise<Answers> {
  const prepared = session.isKept ? await stillPrepared(connection, session) : new Set()
  const fresh = session.isKept ? parts.filter((part) => !prepared.has(part.name)) : []
  const script = withCanonicalSettings([
    ...fresh.map(({ name, sql }) => `PREPARE ${name} AS ${sql}`),
    ...parts.map(({ name, sql }) => (session.isKept ? `EXECUTE ${name}` : sql)),
  ])
  // The types of `pg` know no query of several statements: it answers with a result for each.
  const results = (await connection.query<Answers>(script)) as unknown as readonly QueryResult<Answers>[]
  for (const part of fresh) session.prepared.add(part.name)
  const answers = results.slice(settingsResults + fresh.length, -1).map(({ rows: [row] }) => row)
  if (answers.length !== parts.length) throw new Bug('The catalog gave no answer.')
  return Object.assign({}, ...answers) as Answers
}

/** A script in between may have let go of everything: DISCARD ALL, DEALLOCATE ALL. */
async function stillPrepared(connection: Connection, { prepared }: Session): Promise<ReadonlySet<string>> {
  if (prepared.size === 0) return prepared
  const { rows } = await connection.query<{ name: string }>('SELECT name FROM pg_catalog.pg_prepared_statements')
  return new Set(rows.map(({ name }) => name).filter((name) => prepared.has(name)))
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
