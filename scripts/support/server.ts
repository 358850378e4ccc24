import process from 'node:process'
import { type DatabaseUrl, parseDatabaseUrl } from '../../src/postgres/database-url.ts'

/** The server on which scripts of this repository try things: the embedded one, or that of `TIDE_TEST_SERVER`. */
export async function scriptServer(): Promise<DatabaseUrl> {
  return parseDatabaseUrl(process.env['TIDE_TEST_SERVER'] ?? '', 'TIDE_TEST_SERVER')
}
