/** The other codes of a country in ISO 3166-1. */
export interface CountryCodes {
  /** Three letters: `DEU`. */
  readonly alpha3: string
  /** Three digits: `276`. */
  readonly numeric: string
}

const table =
  'AR ARG 032, AT AUT 040, AU AUS 036, BE BEL 056, BR BRA 076, CA CAN 124, CH CHE 756, CN CHN 156, CO COL 170, ' +
  'CZ CZE 203, DE DEU 276, DK DNK 208, ES ESP 724, FI FIN 246, FR FRA 250, GB GBR 826, GR GRC 300, HU HUN 348, ' +
  'IE IRL 372, IN IND 356, IT ITA 380, JP JPN 392, KR KOR 410, MX MEX 484, NL NLD 528, NO NOR 578, NZ NZL 554, ' +
  'PL POL 616, PT PRT 620, RO ROU 642, RU RUS 643, SE SWE 752, TR TUR 792, UA UKR 804, US USA 840, ZA ZAF 710'

/** Of every country of `countries`, by its code of two letters. */
export const countryCodes: ReadonlyMap<string, CountryCodes> = new Map(
  table.split(', ').map((line) => {
    const [code = '', alpha3 = '', numeric = ''] = line.split(' ')
    return [code, { alpha3, numeric }]
  }),
)

const twoLetters: ReadonlyMap<string, string> = new Map(
  [...countryCodes].flatMap(([code, { alpha3, numeric }]) => [[alpha3, code], [numeric, code]] as const),
)

/** The code of two letters of a country that any of its codes names, whatever its case and the blanks around it. */
export function alpha2Of(code: string): string {
  const told = code.trim().toUpperCase()
  return twoLetters.get(told) ?? told
}
