import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { MaskKey, maskKeyBytes, maskKeyVariable, readMaskKey } from '../../src/mask/key.ts'
import { failureOf } from '../support/failure.ts'

const hex = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

describe('readMaskKey', () => {
  test('takes hexadecimal digits and base64 of 32 bytes', () => {
    const one = readMaskKey('qa', { TIDE_MASK_KEY_QA: hex })
    const other = readMaskKey('qa', { TIDE_MASK_KEY_QA: Buffer.from(hex, 'hex').toString('base64') })
    expect(Buffer.from(maskKeyBytes(one)).toString('hex')).toBe(hex)
    expect(maskKeyBytes(other)).toEqual(maskKeyBytes(one))
    expect(maskKeyBytes(new MaskKey(maskKeyBytes(one)))).toEqual(maskKeyBytes(one))
  })

  test('names its variable after the environment', () => {
    expect(maskKeyVariable('qa-eu.2')).toBe('TIDE_MASK_KEY_QA_EU_2')
  })

  test.each([
    ['none', undefined, 'MASK_KEY_MISSING'],
    ['an empty one', ' ', 'MASK_KEY_MISSING'],
    ['a short one', hex.slice(0, 62), 'MASK_KEY_WEAK'],
    ['a password', 'correct horse battery staple, and more of it', 'MASK_KEY_WEAK'],
    ['one that repeats itself', 'ab'.repeat(40), 'MASK_KEY_WEAK'],
  ])('refuses %s without saying it', async (_, value, code) => {
    const failure = await failureOf(() => Promise.resolve(readMaskKey('qa', { TIDE_MASK_KEY_QA: value })))
    expect(failure.code).toBe(code)
    if (value !== undefined && value.trim() !== '') expect(JSON.stringify(failure.details)).not.toContain(value.slice(0, 20))
  })

  test('prints as nothing', () => {
    const key = readMaskKey('qa', { TIDE_MASK_KEY_QA: hex })
    const deep = inspect({ key }, { showHidden: true, depth: 5 })
    for (const text of [String(key), JSON.stringify({ key }), inspect(key), deep]) {
      expect(text).not.toContain(hex.slice(0, 8))
      expect(text).not.toContain('159')
    }
  })
})
