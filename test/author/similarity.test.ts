import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dice, nameSimilarity, wordsOf } from '../../src/author/similarity.ts'

describe('wordsOf', () => {
  it.each([
    ['fullName', ['full', 'name']],
    ['full_name', ['full', 'name']],
    ['FULL-NAME', ['full', 'name']],
    ['HTTPServer2Url', ['http', 'server2', 'url']],
    ['größeInCm', ['größe', 'in', 'cm']],
    ['_', []],
  ])('takes %s apart', (name, words) => {
    expect(wordsOf(name)).toEqual(words)
  })
})

describe('nameSimilarity', () => {
  it('is 1 for the same words in another writing', () => {
    expect(nameSimilarity('fullName', 'full_name')).toBe(1)
    expect(nameSimilarity('user', 'User')).toBe(1)
  })

  it('puts a likely new name before an unlikely one', () => {
    expect(nameSimilarity('name', 'fullName')).toBeGreaterThan(nameSimilarity('name', 'createdAt'))
    expect(nameSimilarity('email', 'emailAddress')).toBeGreaterThan(nameSimilarity('email', 'name'))
    expect(nameSimilarity('colour', 'color')).toBeGreaterThan(0.5)
    expect(nameSimilarity('total', 'state')).toBeLessThan(0.5)
  })

  it('lies between 0 and 1, the same both ways, and 1 for itself', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        const value = nameSimilarity(left, right)
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1)
        expect(nameSimilarity(right, left)).toBeCloseTo(value)
        expect(nameSimilarity(left, left)).toBe(1)
      }),
    )
  })
})

describe('dice', () => {
  it('counts a member as often as it stands in both', () => {
    expect(dice(['a', 'a', 'b'], ['a', 'b', 'b'])).toBeCloseTo(2 / 3)
    expect(dice([], [])).toBe(0)
    expect(dice(['a'], ['a'])).toBe(1)
    expect(dice(['a'], ['b'])).toBe(0)
  })
})
