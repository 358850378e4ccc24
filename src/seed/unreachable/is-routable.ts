import { isIPv4, isIPv6 } from 'node:net'
import { isReservedPhone } from '../locale/phones.ts'

/**
 * What in a text could reach somebody: an address of mail, a page, a machine or a telephone that is not reserved for
 * examples. Undefined where there is none.
 */
export function isRoutable(text: string): boolean {
  return routablePart(text) !== undefined
}

/** The first such part. */
export function routablePart(text: string): string | undefined {
  for (const find of finders) {
    const found = find(text)
    if (found !== undefined) return found
  }
  return undefined
}

type Find = (text: string) => string | undefined

const finders: readonly Find[] = [routableHost, routableFour, routableSix, routablePhone]

/** Mail addresses, URLs and names that begin with www. */
function routableHost(text: string): string | undefined {
  for (const match of text.matchAll(/(?:[\w.+-]+@|\b[a-z][a-z0-9+.-]*:\/\/(?:[^\s/@]*@)?|\bwww\.)([\p{L}\d.-]+|\[[\da-f:]+\])/giu)) {
    const host = (match[1] ?? '').replace(/\.$/u, '').toLowerCase()
    const isName = /\p{L}/u.test(host) && !host.startsWith('[')
    if (isName && !isReservedHost(match[0].startsWith('www.') ? `www.${host}` : host)) return match[0]
  }
  return undefined
}

/** RFC 2606 and RFC 6761. */
function isReservedHost(host: string): boolean {
  return /(?:^|\.)(?:example|test|invalid|localhost)$/u.test(host) || /(?:^|\.)example\.(?:com|net|org)$/u.test(host)
}

/** RFC 5737 and 1918, loopback, link-local, benchmarks; `Chrome/126.0.0.0` is a version. */
function routableFour(text: string): string | undefined {
  for (const [address] of text.matchAll(/(?<![\d.]|\w\/)\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/gu)) {
    if (isIPv4(address) && !reservedFour.test(address)) return address
  }
  return undefined
}

const reservedFour =
  /^(?:192\.0\.2|198\.51\.100|203\.0\.113|10|127|0|255|192\.168|169\.254|198\.1[89]|172\.(?:1[6-9]|2\d|3[01]))\./u

/** RFC 3849 and 4193, loopback, link-local. */
function routableSix(text: string): string | undefined {
  for (const [address] of text.matchAll(/(?<![\w:.])[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])/giu)) {
    // Eight pairs of digits are the address of a card.
    if (isIPv6(address) && !/^[\da-f]{2}(?::[\da-f]{2}){7}$/iu.test(address) && !/^(?:2001:db8:|f[cd]|fe80:|::1?$)/iu.test(address)) return address
  }
  return undefined
}

/** E.164 wherever it stands; the national form of North America. */
function routablePhone(text: string): string | undefined {
  for (const [number] of text.matchAll(/(?<![\w+.])\+\d[\d ().-]{5,18}\d/gu)) {
    const digits = `+${number.replace(/\D/gu, '')}`
    if (digits.length > 7 && digits.length <= 16 && !isReservedPhone(digits)) return number
  }
  for (const match of text.matchAll(/(?<![\w+.-])(?:\(\d{3}\) ?|\d{3}[-.])(\d{3})[-.](\d{4})(?![\w.-])/gu)) {
    if (match[1] !== '555' || !(match[2] ?? '').startsWith('01')) return match[0]
  }
  return undefined
}
