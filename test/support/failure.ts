import { expect } from 'vitest'
import { type Failure, isFailure } from '../../src/errors/failure.ts'

/** The failure that a function throws or rejects with; anything else fails the test. */
export async function failureOf(run: () => unknown): Promise<Failure> {
  try {
    await run()
  } catch (error) {
    if (isFailure(error)) return error
    throw error
  }
  return expect.fail('Nothing failed.')
}
