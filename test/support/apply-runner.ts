/* A process that applies or rolls back and prints the result: what the crash tests start and kill. */
import { down } from '../../src/apply/down.ts'
import { up } from '../../src/apply/up.ts'
import { isFailure } from '../../src/errors/failure.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { parseDatabaseUrl } from '../../src/postgres/database-url.ts'

const [verb = '', url = '', directory = ''] = process.argv.slice(2)
const options = { database: parseDatabaseUrl(url, 'the test'), history: await readHistory(directory) }
try {
  process.stdout.write(JSON.stringify(verb === 'down' ? await down({ ...options, to: '0' }) : await up(options)))
} catch (error) {
  const failed = isFailure(error) ? { code: error.code, ...error.details } : { bug: String(error) }
  process.stdout.write(JSON.stringify(failed))
}
