import type { Health } from './read-health.ts'
import type { BrakeConfig } from '../../project/config.ts'

/** Two readings, and the time between them. */
export interface HealthReading {
  readonly health: Health
  readonly before: Health | undefined
  /** Milliseconds between the two. */
  readonly ms: number
}

/** Why data steps have to hold; undefined where they may go on. The first reason that there is. */
export function judgeHealth({ health, before, ms }: HealthReading, brakes: BrakeConfig): string | undefined {
  const { replicationLag = 10, lockWaits = 1000, activeSessions = 0, walRate = 0, transactionAge = 0 } = brakes
  if (isOver(health.replicationLag, replicationLag)) {
    return `a standby is ${health.replicationLag.toFixed(1)} s behind (brake: ${replicationLag} s)`
  }
  if (isOver(health.lockWait, lockWaits)) {
    return `a session waits ${Math.round(health.lockWait)} ms for a lock of a batch (brake: ${lockWaits} ms)`
  }
  if (isOver(health.activeSessions, activeSessions)) {
    return `${health.activeSessions} sessions are at work (brake: ${activeSessions})`
  }
  if (isOver(health.transactionAge, transactionAge)) {
    return `a transaction lasts ${Math.round(health.transactionAge)} s (brake: ${transactionAge} s)`
  }
  const rate = walBytesPerSecond({ health, before, ms }) / 1_000_000
  return isOver(rate, walRate) ? `the server writes ${rate.toFixed(1)} MB of WAL a second (brake: ${walRate} MB)` : undefined
}

function isOver(value: number, limit: number): boolean {
  return limit > 0 && value > limit
}

function walBytesPerSecond({ health, before, ms }: HealthReading): number {
  if (health.walBytes === undefined || before?.walBytes === undefined || ms <= 0) return 0
  return ((health.walBytes - before.walBytes) / ms) * 1000
}
