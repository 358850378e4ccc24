import { isReservedPhone } from '../../src/seed/locale/phones.ts'

/**
 * What in a text could reach somebody: an email or a link outside the reserved domains (RFC 2606, 6761), an address
 * outside the networks for documentation and private use (RFC 5737, 3849, 1918), a telephone number outside the ranges
 * set aside for fiction.
 */
export function findRoutable(column: string, text: string): readonly string[] {
  return [
    ...matches(text, /[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})/gi, (host) => !isReserved(host)),
    ...matches(
      text,
      /\b(?:https?|ftp|wss?):\/\/(?:[^\s/@]+@)?([\w.-]+)/gi,
      (host) => !isReserved(host) && !isHarmless(host),
    ),
    ...matches(text, /(?<![\w./-])((?:\d{1,3}\.){3}\d{1,3})(?![\w.-])/g, (address) => !isHarmless(address)),
    ...matches(
      text,
      /(?<![\w:])((?:[0-9a-f]{1,4}:){3,}[0-9a-f:]+)(?![\w:])/gi,
      (address) => !/^(2001:0?db8:|f[cde])/i.test(address),
    ),
    ...(/phone|mobile|^tel$|telefon|fax/i.test(column)
      ? matches(text, /^(\+?[\d\s().-]{7,})$/g, (number) => !isReservedPhone(number))
      : []),
  ]
}

function matches(text: string, pattern: RegExp, isRoutable: (found: string) => boolean): readonly string[] {
  return [...text.matchAll(pattern)].filter(([, found = '']) => isRoutable(found)).map(([whole]) => whole)
}

function isReserved(host: string): boolean {
  return /(^|\.)(example\.(com|net|org)|example|test|invalid|localhost)$/i.test(host)
}

function isHarmless(host: string): boolean {
  return /^(localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|\d+\.\d+\.\d+$)/.test(
    host,
  )
}
