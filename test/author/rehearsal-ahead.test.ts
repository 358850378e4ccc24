import { expect, test } from 'vitest'
import { rehearseAhead } from '../../src/author/rehearsal-ahead.ts'
import { testServer } from '../support/database.ts'

interface Counting {
  readonly make: () => Promise<{ url: ReturnType<typeof testServer>; drop: () => Promise<void> }>
  readonly made: () => number
  readonly dropped: () => number
}

function counting(): Counting {
  let made = 0
  let dropped = 0
  const drop = (): Promise<void> => {
    dropped++
    return Promise.resolve()
  }
  return {
    make: () => {
      made++
      return Promise.resolve({ url: testServer(), drop })
    },
    made: () => made,
    dropped: () => dropped,
  }
}

test('hands out the rehearsal made ahead once, then fresh ones', async () => {
  const { make, made, dropped } = counting()
  await using ahead = rehearseAhead(make, true)
  expect(made()).toBe(1)
  await ahead.take()
  expect(made()).toBe(1)
  await ahead.take()
  expect(made()).toBe(2)
  expect(dropped()).toBe(0)
})

test('drops a rehearsal that nobody takes, and makes none where none is wanted', async () => {
  const { make, made, dropped } = counting()
  await rehearseAhead(make, true)[Symbol.asyncDispose]()
  await rehearseAhead(make, false)[Symbol.asyncDispose]()
  expect([made(), dropped()]).toEqual([1, 1])
})

test('fails for whoever takes a rehearsal that could not be made, and for nobody else', async () => {
  const fail = (): Promise<never> => Promise.reject(new RangeError('no room'))
  await rehearseAhead(fail, true)[Symbol.asyncDispose]()
  await using ahead = rehearseAhead(fail, true)
  await expect(ahead.take()).rejects.toThrow('no room')
})
