/** Texts that programs stumble over, for columns that hold names or anything people write. */
const texts: readonly string[] = [
  '',
  ' ',
  ' leading',
  'trailing ',
  'double  space',
  'tab\there',
  'line\nbreak',
  'carriage\r\nreturn',
  "O'Brien",
  "''",
  '"quoted"',
  'back\\slash',
  '\\N',
  'NULL',
  'null',
  'undefined',
  '0',
  'true',
  '100%',
  'a,b;c|d',
  '<b>bold</b> & <script>',
  "'); DROP TABLE x; --",
  '${x} {{x}} %s',
  'Case twin',
  'CASE TWIN',
  'case twin',
  'Straße',
  'İstanbul',
  'ﬁ ligature',
  // The same letter composed and combined.
  'caf\u00e9',
  'cafe\u0301',
  'Z\u0351\u0364a\u0308\u0323l\u0334g\u031bo\u0353',
  'zero\u200bwidth',
  '\u00a0no-break\u00a0',
  '\ufeffmark',
  'مرحبا بالعالم',
  'שלום (עולם) 123',
  '\u202eoverride\u202c',
  '日本語の名前',
  '한국어',
  'ไทย',
  '😀',
  '👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢',
]

/** Names of people and places that forms refuse and should not. */
const names: readonly string[] = [
  'X',
  "D'Arcy-O’Neill",
  'de la Cruz y García-Márquez',
  'María José',
  'Nguyễn Thị Ánh Tuyết',
  'Þórður Æsir',
  'null',
  'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley',
]

/** Addresses that are valid, unusual, and nobody's. */
const emails: readonly string[] = [
  'a@example.com',
  'first+tag@example.com',
  "o'brien@example.org",
  'UPPER.Case@Example.COM',
  'dotted.name.with.many.dots@example.net',
  `${'l'.repeat(64)}@example.com`,
  `long@${'d'.repeat(50)}.example`,
  'bücher@xn--bcher-kva.example',
  '1234567890@example.com',
]

const urls: readonly string[] = [
  'https://example.com',
  'https://example.com:8443/',
  'https://example.com/a%20b?q=%C3%A4&empty=#fragment',
  'https://xn--bcher-kva.example/',
  'https://example.com/a//b/../c',
  `https://example.com/${'path/'.repeat(60)}`,
]

/** The most characters of a text without a limit: what repeats itself is packed, and fits an index too. */
const longest = 2000
/** No text is longer than that, whatever its column holds. */
const utmost = 10_000

/**
 * The edge cases of a text column by what it holds; empty where nothing but what is meant would do, as in codes.
 * @param generator what fills the column otherwise
 */
export function textEdges(generator: string, maxLength: number | undefined): readonly string[] {
  if (generator === 'email') return emails
  if (generator === 'url') return urls
  if (!spoken.has(generator)) return []
  const room = Math.min(maxLength ?? longest, utmost)
  const fitting = (text: string): string => text.repeat(Math.ceil(room / text.length)).slice(0, room)
  const full = [fitting('long '), fitting('W'), fitting('wordwithoutanyspaces')].map((text) => text.replace(/ $/u, '.'))
  return people.has(generator) ? [...names, ...texts.slice(2), ...full] : [...texts, ...full]
}

const people: ReadonlySet<string> = new Set('firstName lastName middleName fullName'.split(' '))
const spoken: ReadonlySet<string> = new Set([
  ...people,
  ...('type:text type:varchar type:bpchar type:citext companyName productName categoryName title sentence paragraph ' +
    'jobTitle department employer street secondaryAddress city reference').split(' '),
])
