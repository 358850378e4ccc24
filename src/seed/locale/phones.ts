/**
 * Numbers that regulators keep for films and examples: nobody has them. `#` stands for a digit, `N` for the area codes
 * of the North American plan.
 */
const ranges: Readonly<Record<string, readonly string[]>> = {
  // ACMA: 02, 03, 07 and 08 5550 and 7010.
  AU: ['+6125550####', '+6135550####', '+6175550####', '+6185550####', '+6127010####', '+6137010####'],
  // Bundesnetzagentur, Rufnummern für Film und Fernsehen.
  DE: ['+493023125###', '+496990009###', '+494066969###', '+498999998###', '+4922147100##', '+4917139200##'],
  // ARCEP: 01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49, 06 39 98.
  FR: ['+3319900####', '+3326191####', '+3335301####', '+3346571####', '+3353649####', '+3363998####'],
  // Ofcom: 01632 960, 020 7946 0, 0161 496 0, 07700 900, 0808 157 0.
  GB: ['+441632960###', '+442079460###', '+441614960###', '+447700900###', '+448081570###'],
  // PTS: for use in books and films.
  SE: ['+46313900600', '+46406280400', '+46846500400', '+46701740605'],
  // NANPA: 555-0100 to 555-0199 in every area.
  US: ['+1N55501##'],
}

/** The country code 999 is assigned to nobody: a thousand million numbers for columns that must be distinct. */
export const unassignedCode = '+999'

/** The ranges of a country, else those of the United States. */
export function phoneRanges(countryCode: string): readonly string[] {
  return ranges[countryCode === 'CA' ? 'US' : countryCode] ?? ranges['US'] ?? []
}

/** True for the numbers that `phoneRanges` describe, written in E.164. */
export function isReservedPhone(number: string): boolean {
  return number.startsWith(unassignedCode) || patterns.some((pattern) => pattern.test(number))
}

/** Areas of the North American plan that exist. */
export const northAmericanAreas: readonly string[] = (
  '201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253 254 ' +
  '256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323 330 334 ' +
  '401 402 404 405 406 407 408 409 410 412 413 414 415 416 417 419 423 425 430 432 434 435 440 443 469 478 479 480 484 501 ' +
  '502 503 504 505 507 508 509 510 512 513 515 516 517 518 520 530 540 541 551 559 561 562 563 567 570 571 573 574 580 585 ' +
  '586 601 602 603 605 606 607 608 609 610 612 614 615 616 617 618 619 620 623 626 630 631 636 641 646 650 651 660 661 662'
).split(' ')

const patterns = Object.values(ranges)
  .flat()
  .map((range) => new RegExp(`^\\${range.replace('N', '[2-9]\\d\\d').replaceAll('#', '\\d')}$`, 'u'))
