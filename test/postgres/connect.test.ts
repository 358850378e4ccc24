import { connect as dial, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, parseDatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
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
