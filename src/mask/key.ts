import { createHmac } from 'node:crypto'
import type { Words } from '../seed/random/hash-words.ts'
import { keyMissing, keyWeak } from './errors.ts'

const hidden = new WeakMap<MaskKey, Buffer>()

/** The key of an environment's masks. Prints as nothing, in messages, JSON and a debugger. */
export class MaskKey {
  constructor(bytes: Uint8Array) {
    hidden.set(this, Buffer.from(bytes))
  }

  toString(): string {
    return '[mask key]'
  }

  toJSON(): string {
    return this.toString()
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

/** `TIDE_MASK_KEY_QA` of the environment `qa`. */
export function maskKeyVariable(environmentName: string): string {
  return `TIDE_MASK_KEY_${environmentName.toUpperCase().replace(/[^A-Z0-9]+/gu, '_')}`
}

/**
 * The key of an environment, from its variable: 32 bytes or more as hexadecimal digits or base64.
 * @throws MASK_KEY_MISSING, MASK_KEY_WEAK
 */
export function readMaskKey(environmentName: string, variables: Readonly<Record<string, string | undefined>>): MaskKey {
  const variable = maskKeyVariable(environmentName)
  const text = variables[variable]?.trim()
  if (text === undefined || text === '') throw keyMissing(variable)
  if (/^0x/iu.test(text)) throw keyWeak(variable, 'it begins with 0x: write the hexadecimal digits alone')
  const bytes = decode(text)
  if (bytes === undefined) throw keyWeak(variable, 'it is neither hexadecimal digits nor base64')
  if (bytes.length < 32) throw keyWeak(variable, `it holds ${bytes.length} bytes, and 32 are the least`)
  // Random bytes repeat themselves: 32 of them have fewer than 16 different ones less than once in 10^15 times.
  if (new Set(bytes).size < 16) throw keyWeak(variable, 'it repeats itself, so it is not random')
  return new MaskKey(bytes)
}

/** The bytes of a key, to hand it to a thread of one's own (`new MaskKey(bytes)` there) and to nothing else. */
export function maskKeyBytes(key: MaskKey): Uint8Array {
  return hidden.get(key) ?? new Uint8Array()
}

/** HMAC-SHA-256 under the key: what a purpose has of it says nothing of the key, nor of another purpose. */
export function hmac(key: MaskKey, purpose: string): Buffer {
  return createHmac('sha256', maskKeyBytes(key)).update(`tide mask\0${purpose}`).digest()
}

/** 128 bits of the key for one purpose. */
export function keyWords(key: MaskKey, purpose: string): Words {
  const bytes = hmac(key, purpose)
  return [bytes.readInt32LE(0), bytes.readInt32LE(4), bytes.readInt32LE(8), bytes.readInt32LE(12)]
}

function decode(text: string): Buffer | undefined {
  if (/^(?:[\da-f]{2})+$/iu.test(text)) return Buffer.from(text, 'hex')
  if (/^[\w+/-]+={0,2}$/u.test(text)) return Buffer.from(text, 'base64url')
  return undefined
}
