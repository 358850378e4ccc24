import type { QueryResult } from 'pg'
import { Bug } from '../../errors/bug.ts'
import type { Connection } from '../connect.ts'
import { quoteLiteral } from '../quote.ts'
import type { Catalog, CatalogObject, CatalogValue } from './catalog.ts'
import { catalogQuestions } from './catalog-questions.ts'
import type { CatalogQuestion } from './question.ts'

/**
 * Reads a database's whole structure in one round trip. Reads only; inside a transaction it sees what the transaction
 * did, and leaves the session's settings as they were. Needs PostgreSQL 14 or newer. Left out: system schemas, members
 * of extensions, the schemas `tide` and `tide_archive`, Prisma's ledger, the order of columns, where sequences stand.
 */
export async function readCatalog(connection: Connection): Promise<Catalog> {
  const results = (await connection.query<Row>(catalogScript)) as unknown as readonly QueryResult<Row>[]
  const answers = results.slice(2, 2 + catalogQuestions.length)
  const objects = answers.flatMap((answer, position) =>
    answer.rows.map((row) => toObject(questionAt(position), row)),
  )
  return { objects: objects.sort(byKindAndName) }
}

type Row = Readonly<Record<string, CatalogValue>> & { readonly name: string; readonly kind?: string; readonly position?: number }

/** What PostgreSQL writes of a definition depends on these; the first makes it qualify every name. */
const settings: Readonly<Record<string, string>> = {
  search_path: 'pg_catalog',
  timezone: 'UTC',
  datestyle: 'ISO, MDY',
  intervalstyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  quote_all_identifiers: 'off',
  jit: 'off',
}

/**
 * All in one simple query, which is one transaction where none is open. The settings are local to it; inside the
 * caller's transaction they are put back at the end.
 */
const catalogScript = [
  `SELECT ${mapSettings((name) => `set_config('tide_saved.${name}', current_setting('${name}'), true)`)}`,
  `SELECT ${mapSettings((name, value) => `set_config('${name}', ${quoteLiteral(value)}, true)`)}`,
  ...catalogQuestions.map((question) => question.sql),
  `SELECT ${mapSettings((name) => `set_config('${name}', current_setting('tide_saved.${name}'), true)`)}`,
].join(';\n')

function mapSettings(write: (name: string, value: string) => string): string {
  return Object.entries(settings)
    .map(([name, value]) => write(name, value))
    .join(', ')
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
    definition: definition as CatalogObject['definition'],
  }
}

/** By code unit, so that the order is the same on every machine. */
function byKindAndName(a: CatalogObject, b: CatalogObject): number {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return 0
}
