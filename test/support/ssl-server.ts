import { createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { onTestFinished } from 'vitest'

/**
 * A server that speaks just enough of PostgreSQL's protocol for a session to begin, over SSL with a certificate that
 * it signed itself. Gives its port on `localhost`.
 */
export async function startSslServer(): Promise<number> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined))
    socket.once('data', (request: Buffer) => {
      if (request.length !== 8) return void socket.end(refusal)
      socket.write('S')
      const secure = new TLSSocket(socket, { isServer: true, key, cert })
      secure.on('error', () => undefined)
      secure.once('data', () => secure.write(ready)).on('data', (message: Buffer) => message[0] === 0x58 && secure.end())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** AuthenticationOk, then ReadyForQuery. */
const ready = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49])

const refusal = message('E', 'SFATAL\0C28000\0Mno pg_hba.conf entry for host "127.0.0.1", user "x", database "y", no encryption\0\0')

function message(type: string, text: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(text.length + 4)
  return Buffer.concat([Buffer.from(type), length, Buffer.from(text)])
}

/** Made for this file; nothing else uses it. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgui1GFDfLWrdnXwqs
l/tpFjf5WFDojWUBSCVQcrdAMEKhRANCAATmc7+ULo4mxVl1QTs5ByHQe45r1G8H
lb25UGjZ+CJe4gTgUq2UP+2YYNuE6KJtgdafYTfhLoqLvxyzZdsWJwp7
-----END PRIVATE KEY-----`

const cert = `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIURR0pygUQLNrzNQUckvSYuXAngxkwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzE5Mjk0OFoYDzIxMjYxMDMw
MTkyOTQ4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATmc7+ULo4mxVl1QTs5ByHQe45r1G8Hlb25UGjZ+CJe4gTgUq2UP+2Y
YNuE6KJtgdafYTfhLoqLvxyzZdsWJwp7o1MwUTAdBgNVHQ4EFgQU3vtGog8UJ5Vg
ySeCL7gG7IT3EuQwHwYDVR0jBBgwFoAU3vtGog8UJ5VgySeCL7gG7IT3EuQwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAwZa6RbkJqRPW2S9T6Bh/
fMIZqXo0rmoqyfebVMI64JICIQCFhX9ORuF/mr6LrinA1wqtrTvZEi0VKDFEvMU+
4otzsw==
-----END CERTIFICATE-----`
