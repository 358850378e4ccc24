import { expect, test } from 'vitest'
import { createEmbeddedDirectory } from '../../support/embedded-directory.ts'
import { runServerProcess } from '../../support/run-server-process.ts'

const isRoot = process.getuid?.() === 0

test.skipIf(!isRoot)('a full disk of the rehearsal server is a failure that says so (needs root)', async () => {
  const directory = await createEmbeddedDirectory()
  const small = ['unshare', '-m', 'sh', '-c', `mount -t tmpfs -o size=80m tide-test ${directory} && exec "$0" "$@"`]
  expect(await runServerProcess(['fill', directory], { wrapper: small })).toMatchObject({ code: 'REHEARSAL_DISK_FULL' })
})
