import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { createRehearsals, type Rehearsals } from '../../src/postgres/rehearsal/rehearsals.ts'
import { testServer } from './database.ts'

/** Rehearsals of a namespace of their own on the test server; what they keep is dropped when the test is over. */
export function createTestRehearsals(): Rehearsals {
  const rehearsals = createRehearsals({ server: testServer(), namespace: randomBytes(16).toString('hex') })
  onTestFinished(async () => {
    await rehearsals.clear()
    await rehearsals[Symbol.asyncDispose]()
  })
  return rehearsals
}
