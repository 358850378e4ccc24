import { expect, test } from 'vitest'
import { judgeHealth } from '../../../src/data/brakes/judge-health.ts'
import type { Health } from '../../../src/data/brakes/read-health.ts'

const well: Health = { replicationLag: 0, lockWait: 0, activeSessions: 3, walBytes: 5_000_000, transactionAge: 3, ended: 0 }
const judge = (health: Partial<Health>, brakes = {}, before: Health | undefined = well): string | undefined =>
  judgeHealth({ health: { ...well, ...health }, before, ms: 500 }, brakes)

test('a server that is well holds nobody, whatever is counted', () => {
  expect(judge({})).toBeUndefined()
  expect(judge({ activeSessions: 500, transactionAge: 9000, walBytes: 9e12 })).toBeUndefined()
})

test('each brake names what it measured and its limit', () => {
  expect(judge({ replicationLag: 12.34 })).toBe('a standby is 12.3 s behind (brake: 10 s)')
  expect(judge({ lockWait: 1500 })).toBe('a session waits 1500 ms for a lock of a batch (brake: 1000 ms)')
  expect(judge({ activeSessions: 9 }, { activeSessions: 8 })).toBe('9 sessions are at work (brake: 8)')
  expect(judge({ transactionAge: 61 }, { transactionAge: 60 })).toBe('a transaction lasts 61 s (brake: 60 s)')
  expect(judge({ walBytes: 15_000_000 }, { walRate: 10 })).toBe('the server writes 20.0 MB of WAL a second (brake: 10 MB)')
})

test('0 switches a brake off, and a standby has no WAL of its own', () => {
  expect(judge({ replicationLag: 99, lockWait: 9999 }, { replicationLag: 0, lockWaits: 0 })).toBeUndefined()
  expect(judge({ walBytes: undefined }, { walRate: 1 })).toBeUndefined()
  expect(judgeHealth({ health: well, before: undefined, ms: 0 }, { walRate: 1 })).toBeUndefined()
})
