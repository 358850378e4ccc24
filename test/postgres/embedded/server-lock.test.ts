import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { ownPid } from '../../../src/postgres/embedded/machine.ts'
import { withServerLock } from '../../../src/postgres/embedded/server-lock.ts'
import { createFolder } from '../../support/files.ts'
import { crash, startAndAwaitLine } from '../../support/run-server-process.ts'

test('no two functions run at once, and nothing is left behind', async () => {
  const folder = createFolder()
  let inside = 0
  let most = 0
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside)
    await pause(1)
    inside--
  }
  await Promise.all(Array.from({ length: 20 }, () => withServerLock(folder, work)))
  expect(most).toBe(1)
  expect(readdirSync(folder)).toEqual([])
})

test('the lock is given back when the function fails', async () => {
  const folder = createFolder()
  await expect(withServerLock(folder, () => Promise.reject(new RangeError('x')))).rejects.toThrow(RangeError)
  expect(await withServerLock(folder, () => Promise.resolve('free'))).toBe('free')
})

test('a living holder is waited for; once it has crashed, its lock counts no more', async () => {
  const folder = createFolder()
  const { child } = await startAndAwaitLine(['hold', folder])
  onTestFinished(() => void child.kill('SIGKILL'))
  let entered = false
  const entering = withServerLock(folder, () => Promise.resolve((entered = true)))
  await pause(200)
  expect(entered).toBe(false)
  await crash(child)
  expect(await entering).toBe(true)
  expect(readdirSync(folder)).toEqual([])
})

test('a lock of a dead process counts no more, even if its number is in use again', async () => {
  const folder = createFolder()
  const { child } = await startAndAwaitLine(['hold', folder])
  await crash(child)
  const [name = ''] = readdirSync(folder)
  const { readFileSync } = await import('node:fs')
  const claim = JSON.parse(readFileSync(join(folder, name), 'utf8')) as object
  writeFileSync(join(folder, name), JSON.stringify({ ...claim, pid: ownPid }))
  expect(await withServerLock(folder, () => Promise.resolve('free'))).toBe('free')
})
