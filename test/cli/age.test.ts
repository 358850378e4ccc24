import { expect, it } from 'vitest'
import { readAge } from '../../src/cli/age.ts'

const now = new Date('2026-11-23T12:00:00Z')

it.each([
  ['12h', '2026-11-23T00:00:00.000Z'],
  ['30d', '2026-10-24T12:00:00.000Z'],
  ['2w', '2026-11-09T12:00:00.000Z'],
])('%s ago', (text, moment) => {
  expect(readAge(text, now).toISOString()).toBe(moment)
})

it.each(['', '30', 'd', '-1d', '1.5d', '30 d', '1y'])('refuses "%s"', (text) => {
  expect(() => readAge(text, now)).toThrow('is no age')
})
