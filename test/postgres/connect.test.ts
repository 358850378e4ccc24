import { connect as dial, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, parseDatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import { isFailure } from '../../src/errors/failure.ts'
import { startSslServer } from '../support/ssl-server.ts'
import { testServer } from '../support/database.ts'
import { createTestRole } from '../support/database-role.ts'

const server = testServer()
const role = () => createTestRole(server, ['search_path = odd', `datestyle = 'German'`])

test.each([
  ['', '"public"', 'German, DMY', '0'],
  ['?schema=Ö "1" \\', '"Ö ""1"" \\"', 'German, DMY', '0'],
  ['?options=-c search_path%3Dodd -c statement_timeout%3D7s', '"public"', 'German, DMY', '7s'],
])('a session of a URL with %j looks for names in %s, whatever the role does', async (query, path, style, timeout) => {
  const own = (await role()).as(server)
  const settings = await settingsOf(parseDatabaseUrl(`${revealUrl(own)}${query}`, 'the test'))
  expect(settings).toEqual({ path, style, timeout })
})

test('where a pooler refuses options, the search path is set afterwards', async () => {
  const pooler = createServer((socket) => {
    socket.once('data', (startup: Buffer) => {
      if (startup.includes('\0options\0')) return void socket.end(refusal('unsupported startup parameter: options'))
      const backend = dial(server.port, server.host)
      backend.write(startup)
      socket.pipe(backend).pipe(socket)
    })
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => pooler.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void pooler.close())
  const address = pooler.address()
  const url = new URL(revealUrl((await role()).as(server)))
  url.host = `127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}`
  expect(await settingsOf(parseDatabaseUrl(url.toString(), 'the test'))).toMatchObject({ path: 'public' })
})

test('sslmode means what it means to libpq, and nothing of Node.js is on stderr', async () => {
  const warnings: string[] = []
  const listen = (warning: Error): void => void warnings.push(warning.message)
  process.on('warning', listen)
  onTestFinished(() => void process.off('warning', listen))
  const secure = `localhost:${String(await startSslServer())}`
  const plain = `${server.host}:${String(server.port)}`
  const outcome = async (host: string, mode: string): Promise<string> => {
    const url = new URL(revealUrl(server))
    url.host = host
    if (mode !== '') url.searchParams.set('sslmode', mode)
    const failure = await withConnection(parseDatabaseUrl(url.toString(), 'the test'), () => Promise.resolve()).then(
      () => undefined,
      (error: unknown) => error,
    )
    return isFailure(failure) ? `${failure.code} ${failure.details.fix ?? ''}`.slice(0, 50) : 'connected'
  }
  const encrypted = ['allow', 'prefer', 'require', 'no-verify']
  for (const mode of encrypted) expect(await outcome(secure, mode), mode).toBe('connected')
  for (const mode of ['', 'disable']) {
    expect(await outcome(secure, mode), mode).toBe('POSTGRES_SSL Write sslmode=require in the URL: the')
  }
  for (const mode of ['verify-ca', 'verify-full']) {
    expect(await outcome(secure, mode), mode).toContain('POSTGRES_SSL Name the file of the authority that')
  }
  for (const mode of ['', 'disable', 'allow', 'prefer']) expect(await outcome(plain, mode), mode).toBe('connected')
  for (const mode of ['require', 'no-verify', 'verify-full']) {
    expect(await outcome(plain, mode), mode).toContain('POSTGRES_SSL Write sslmode=disable in the URL')
  }
  await new Promise(setImmediate)
  expect(warnings).toEqual([])
})

async function settingsOf(url: DatabaseUrl): Promise<unknown> {
  return withConnection(url, async (connection) => {
    const { rows } = await connection.query<Record<string, string>>(
      `SELECT current_setting('search_path') AS path, current_setting('datestyle') AS style,
         current_setting('statement_timeout') AS timeout`,
    )
    return rows[0]
  })
}

function refusal(message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C08P01\0M${message}\0\0`)
  const length = Buffer.alloc(4)
  length.writeInt32BE(fields.length + 4)
  return Buffer.concat([Buffer.from('E'), length, fields])
}
