import { isIPv4, isIPv6 } from 'node:net'

/** Something personal that values show by their form. */
export interface Detector {
  /** In a sentence: `a card number`. */
  readonly evidence: string
  /** Whether a value holds one. */
  readonly finds: (value: string) => boolean
  /** The share of a column's values that must hold one: 0 where a single one is proof enough. */
  readonly share: number
}

/** What is looked for; chance alone makes none of those with share 0. */
export const detectors: readonly Detector[] = [
  { evidence: 'an e-mail address', share: 0, finds: (value) => /[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/iu.test(value) },
  { evidence: 'an IBAN', share: 0, finds: hasIban },
  { evidence: 'a card number', share: 0.5, finds: hasCard },
  { evidence: 'a social security number', share: 0.2, finds: (value) => /(?<![\w-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/u.test(value) },
  { evidence: 'a telephone number', share: 0.2, finds: (value) => /^\s*(?:\+\d{1,3}[\d ().-]{6,18}\d|\(\d{3}\) ?\d{3}[-.]\d{4})\s*$/u.test(value) },
  { evidence: 'an IP address', share: 0.2, finds: hasAddress },
  { evidence: 'a URL with a password', share: 0, finds: (value) => /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/iu.test(value) },
  { evidence: 'a signed token', share: 0, finds: (value) => /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/u.test(value) },
  { evidence: 'a password hash', share: 0, finds: (value) => /^(?:\$2[abxy]?\$\d\d\$[./\w]{53}|\$argon2(?:i|d|id)\$|\$scrypt\$|\$pbkdf2|\$[156]\$)/u.test(value) },
  { evidence: 'a private key', share: 0, finds: (value) => value.includes('-----BEGIN ') && value.includes('PRIVATE KEY-----') },
  { evidence: 'a secret of a service', share: 0, finds: (value) => /\b(?:sk_live_\w{10,}|ghp_\w{30,}|xox[abpr]-[\w-]{10,}|AKIA[0-9A-Z]{16}|glpat-[\w-]{15,})/u.test(value) },
]

/** ISO 13616: two letters, two check digits; the number of it leaves 1 when divided by 97. */
function hasIban(value: string): boolean {
  const candidates = value.match(/(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Z0-9])/gu) ?? []
  return candidates.some((candidate) => {
    const compact = candidate.replaceAll(' ', '')
    const turned = compact.slice(4) + compact.slice(0, 4)
    let rest = 0
    for (const unit of turned) rest = (rest * (unit > '9' ? 100 : 10) + Number.parseInt(unit, 36)) % 97
    return rest === 1
  })
}

/** Luhn's checksum, in numbers that begin as cards do. One of ten has it by chance, so one alone says nothing. */
function hasCard(value: string): boolean {
  const digits = value.trim().replace(/[ -]/gu, '')
  if (!/^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d)\d{12})$/u.test(digits)) return false
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place])
    const counted = place % 2 === 1 ? digit * 2 : digit
    sum += counted > 9 ? counted - 9 : counted
  }
  return sum % 10 === 0
}

function hasAddress(value: string): boolean {
  const [address = ''] = value.trim().split('/')
  return isIPv4(address) || isIPv6(address)
}
