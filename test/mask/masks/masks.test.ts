import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ColumnFacts } from '../../../src/postgres/tables/table-facts.ts'
import type { ReviewedColumn } from '../../../src/mask/classification/classification.ts'
import { compileMasks } from '../../../src/mask/compile-masks.ts'
import type { OwnMask } from '../../../src/mask/define-mask.ts'
import { masks } from '../../../src/mask/masks.ts'
import type { MaskKey } from '../../../src/mask/key.ts'
import type { Cell } from '../../../src/seed/cell.ts'
import { alpha2Of, countryCodes } from '../../../src/seed/locale/country-codes.ts'
import { loadLocale } from '../../../src/seed/locale/load-locale.ts'
import { countries } from '../../../src/seed/locale/places.ts'
import { isRoutable } from '../../../src/seed/unreachable/is-routable.ts'
import { failureOf } from '../../support/failure.ts'
import { testKey } from '../../support/masked-database.ts'
import { columnFacts, tableFacts } from '../../support/table-facts.ts'

const locale = await loadLocale('en')

type Apply = (value: string) => Cell

interface Case {
  readonly mask: string
  readonly column: ColumnFacts
  readonly unique?: boolean
  readonly class?: ReviewedColumn['class']
  readonly key?: MaskKey
  readonly rows?: number
  readonly ownMasks?: Readonly<Record<string, OwnMask>>
}

/** A mask of one column, as a function of its value. */
async function maskOf(one: Case): Promise<Apply> {
  const { mask, column, unique = false, class: piiClass = 'Q', key = testKey(), rows = 1000, ownMasks = {} } = one
  const index = { name: 'unique', keys: [{ column: column.name }], predicate: undefined }
  const uniques = unique ? [{ ...index, nullsNotDistinct: false, deferrable: false }] : []
  const tables = [tableFacts('things', [column], { uniques })]
  const reviewed = { class: piiClass, mask, confidence: 1, reason: '', accepted: true }
  const classification = { tables: { 'public.things': { [column.name]: reviewed } } }
  const counts = new Map([['public.things', rows]])
  const [compiled] = await compileMasks({ tables, counts }, { classification, key, locale, ownMasks })
  return (value) => compiled?.maskRow([value])[0] ?? null
}

const words = fc.stringMatching(/^[A-Za-zÄäÖß' .-]{1,30}$/u).filter((text) => /\p{L}/u.test(text))
const uuid = fc.uuid()
const day = fc.integer({ min: -700_000, max: 900_000 }).map((days) => dayText(days))

function dayText(days: number): string {
  const date = new Date(days * 86_400_000)
  const year = date.getUTCFullYear()
  const written = String(year > 0 ? year : 1 - year).padStart(4, '0')
  return `${written}-${String(date.getUTCMonth() + 1).padStart(2, '0')}-${String(date.getUTCDate()).padStart(2, '0')}${year > 0 ? '' : ' BC'}`
}

interface PropertyCase extends Case {
  readonly values: fc.Arbitrary<string>
  /** The value itself never comes out. */
  readonly changes?: boolean
  /** It is a bijection. */
  readonly distinct?: boolean
}

/** Each mask with values that it is for. */
const cases: readonly PropertyCase[] = [
  { mask: 'first-name', column: columnFacts('first_name'), values: words, changes: true },
  { mask: 'last-name', column: columnFacts('last_name'), values: words, changes: true },
  { mask: 'full-name', column: columnFacts('full_name'), values: words },
  { mask: 'full-name', column: columnFacts('full_name'), values: words, unique: true, changes: true, distinct: true },
  { mask: 'email', column: columnFacts('email'), values: fc.emailAddress(), unique: true, changes: true, distinct: true },
  { mask: 'email', column: columnFacts('email', 'varchar', { maxLength: 30 }), values: fc.emailAddress(), unique: true, changes: true, distinct: true },
  { mask: 'username', column: columnFacts('username', 'varchar', { maxLength: 24 }), values: words, unique: true, changes: true, distinct: true },
  { mask: 'phone', column: columnFacts('phone'), values: fc.stringMatching(/^\+?[1-9][0-9 ()]{6,16}$/u), changes: true },
  { mask: 'phone', column: columnFacts('phone'), values: fc.stringMatching(/^\+?[1-9][0-9]{6,14}$/u), unique: true, changes: true, distinct: true },
  { mask: 'address', column: columnFacts('street'), values: words, changes: true },
  { mask: 'address', column: columnFacts('latitude', 'numeric', { precision: 9, scale: 6 }), values: fc.constant('52.520008'), changes: true },
  { mask: 'date-shift', column: columnFacts('born', 'date'), values: day, changes: true, distinct: true },
  { mask: 'date-shift(30)', column: columnFacts('at', 'timestamptz'), values: day.map((text) => text.replace(/( BC)?$/u, ' 01:02:03.5+05:30$1')), changes: true, distinct: true },
  { mask: 'noise', column: columnFacts('salary', 'numeric'), values: fc.stringMatching(/^-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,6})?$/u), changes: true },
  { mask: 'noise(1%)', column: columnFacts('age', 'int2'), values: fc.integer({ min: -32_768, max: 32_767 }).map(String), changes: true },
  { mask: 'bucket(1000)', column: columnFacts('salary', 'int4'), values: fc.integer({ min: -99_999, max: 99_999 }).map(String) },
  { mask: 'generalise(2)', column: columnFacts('zip'), values: fc.stringMatching(/^\d{5}$/u), changes: true },
  { mask: 'generalise(month)', column: columnFacts('born', 'date'), values: day },
  { mask: 'generalise', column: columnFacts('ip', 'inet'), values: fc.ipV4(), changes: true },
  { mask: 'text', column: columnFacts('bio'), class: 'F', values: fc.string({ minLength: 8, maxLength: 300, unit: 'binary' }), changes: true },
  { mask: 'text', column: columnFacts('bio'), class: 'F', values: words, unique: true, changes: true, distinct: true },
  { mask: 'json', column: columnFacts('data', 'jsonb'), class: 'F', values: fc.json({ maxDepth: 4 }) },
  { mask: 'id', column: columnFacts('id', 'int4'), class: 'K', values: fc.integer({ min: 1, max: 2_147_483_647 }).map(String), unique: true, distinct: true },
  { mask: 'id', column: columnFacts('id', 'int8'), class: 'K', values: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String), unique: true, distinct: true },
  { mask: 'id', column: columnFacts('id', 'uuid'), class: 'K', values: uuid, unique: true, changes: true, distinct: true },
  { mask: 'id', column: columnFacts('id'), class: 'K', values: fc.oneof(uuid, fc.ulid(), fc.stringMatching(/^c[a-z0-9]{24}$/u), fc.stringMatching(/^[A-Za-z0-9_/-]{1,22}$/u)), unique: true, distinct: true },
  { mask: 'id', column: columnFacts('code', 'citext'), class: 'K', values: fc.stringMatching(/^[A-Za-z0-9]{6,12}$/u), unique: true, distinct: true },
  { mask: 'credential', column: columnFacts('password'), class: 'C', values: words, changes: true },
  { mask: 'credential', column: columnFacts('token'), class: 'C', values: words, unique: true, changes: true, distinct: true },
  { mask: 'url', column: columnFacts('website'), values: fc.webUrl(), unique: true, changes: true, distinct: true },
  { mask: 'image', column: columnFacts('avatar'), values: fc.webUrl(), changes: true },
  { mask: 'choice', column: columnFacts('sex', 'sex', { kind: 'enum', enumLabels: ['f', 'm', 'x'] }), values: fc.constantFrom('f', 'm') },
  { mask: 'synthetic', column: columnFacts('iban'), class: 'S', values: words, changes: true },
  { mask: 'synthetic', column: columnFacts('ip', 'inet'), class: 'D', values: fc.ipV4(), changes: true },
  { mask: 'synthetic', column: columnFacts('search', 'tsvector'), class: 'F', values: fc.constant("'anna':1"), changes: true },
  { mask: 'fixed(unknown)', column: columnFacts('note'), values: words, changes: true },
]

describe('masks', () => {
  test('the list has every file of the folder, and the page every mask', () => {
    const folder = new URL('../../../src/mask/masks/', import.meta.url)
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => name.replace('.ts', ''))
    expect(masks.map(({ name }) => name).sort()).toEqual(files.sort())
    const page = readFileSync(new URL('../../../docs/masking.md', import.meta.url), 'utf8')
    for (const { name, summary } of masks) expect(page).toContain(`| \`${name}\` | ${summary} |`)
  })

  test.each(cases.map((one) => ({ ...one, title: `${one.mask} of ${one.column.name} ${one.column.type}${one.unique === true ? ', unique' : ''}` })))(
    '$title: the same for the same, under one key',
    async ({ values, changes = false, distinct = false, ...rest }) => {
      const mask = await maskOf(rest)
      const again = await maskOf(rest)
      const other = await maskOf({ ...rest, key: testKey(2) })
      const seen = new Map<string, Cell>()
      fc.assert(
        fc.property(values, (value) => {
          const masked = mask(value)
          expect(again(value)).toBe(masked)
          if (changes) expect(masked).not.toBe(value)
          if (rest.column.maxLength !== undefined) expect([...(masked ?? '')].length).toBeLessThanOrEqual(rest.column.maxLength)
          seen.set(value, masked)
        }),
        { numRuns: 200 },
      )
      if (distinct) expect(new Set(seen.values()).size).toBe(seen.size)
      const isKeyed = !/^(?:bucket|generalise|fixed|credential$)/u.test(rest.mask) || rest.unique === true
      const apart = [...seen.keys()].filter((value) => other(value) !== mask(value)).length
      if (isKeyed && seen.size > 20) expect(apart).toBeGreaterThan(0)
    },
  )

  test('what people are reached by reaches nobody', async () => {
    for (const [mask, column, value] of [
      ['email', 'email', 'anna@gmail.com'],
      ['phone', 'phone', '+49 30 1234567'],
      ['url', 'website', 'https://anna.de/'],
      ['image', 'avatar', 'https://cdn.anna.de/me.jpg'],
      ['synthetic', 'ip_address', '8.8.8.8'],
    ] as const) {
      const apply = await maskOf({ mask, column: columnFacts(column), class: 'D' })
      for (let at = 0; at < 50; at++) expect(isRoutable(apply(`${value}${at}`) ?? '')).toBe(false)
    }
    const distinct = await maskOf({ mask: 'phone', column: columnFacts('phone'), unique: true, class: 'D' })
    expect(isRoutable(distinct('+49301234567') ?? '')).toBe(false)
  })

  test('a row agrees with itself: names, address and username come from the same names', async () => {
    const [first, last, full, email] = await Promise.all(
      (['first-name', 'last-name', 'full-name', 'email'] as const).map((mask) => maskOf({ mask, column: columnFacts('any') })),
    ) as [Apply, Apply, Apply, Apply]
    expect(full('Anna Meyer')).toBe(`${first('Anna') ?? ''} ${last('Meyer') ?? ''}`)
    const names = [first('anna'), last('meyer')].map((name) => name?.toLowerCase().replace(/[^a-z]/gu, ''))
    expect(email('anna.meyer@gmail.com')?.startsWith(`${names.join('.')}.`)).toBe(true)
    expect(first('ANNA')).toBe(first('Anna'))
  })

  test('case is kept apart and together as the database does', async () => {
    const apply = await maskOf({ mask: 'email', column: columnFacts('email'), unique: true, class: 'D' })
    const [small = '', large = '', third = ''] = ['anna@gmail.com', 'Anna@gmail.com', 'ANNA@gmail.com'].map((value) => apply(value) ?? '')
    expect(new Set([small, large, third]).size).toBe(3)
    expect(new Set([small, large, third].map((value) => value.toLowerCase())).size).toBe(1)
  })

  test.each([
    ['country', 'bpchar', 2, /^[A-Z]{2}$/u],
    ['country', 'varchar', 3, /^[A-Z]{2}$/u],
    ['city', 'varchar', 8, /^\p{L}[\p{L} ]{2,7}$/u],
    ['region', 'varchar', 2, /^\p{Lu}{2}$/u],
    ['street', 'varchar', 8, /^\d+ Way$/u],
    ['zip', 'varchar', 6, /^[\dA-Z -]{3,6}$/u],
  ])('an address is not cut off: %s %s(%i)', async (name, type, maxLength, form) => {
    const apply = await maskOf({ mask: 'address', column: columnFacts(name, type, { maxLength }) })
    for (let value = 0; value < 100; value++) expect(apply(`v${value}`)).toMatch(form)
  })

  test.each([
    ['country', 'bpchar', 3, ['AUT', 'FRA', 'SWE'], /^[A-Z]{3}$/u],
    ['country', 'text', undefined, ['de', 'fr', 'se'], /^[a-z]{2}$/u],
    ['country_code', 'text', undefined, ['040', '250', '752'], /^\d{3}$/u],
    ['country', 'text', undefined, ['Sweden', 'Österreich'], /^\p{Lu}\p{Ll}/u],
    ['region', 'text', undefined, ['NSW', 'NY'], /^\p{Lu}{2,3}$/u],
  ])('a country and a region stay codes where they were: %s %s(%s) %j', async (name, type, maxLength, values, form) => {
    const apply = await maskOf({ mask: 'address', column: columnFacts(name, type, { maxLength }) })
    for (const value of values) expect(apply(value.padEnd(maxLength ?? 0))).toMatch(form)
  })

  test('every country has its codes', () => {
    expect([...countryCodes.keys()].sort()).toEqual([...countries.keys()].sort())
    expect([...countryCodes].map(([code, { alpha3, numeric }]) => [alpha2Of(`${alpha3.toLowerCase()} `), alpha2Of(numeric)].join() === `${code},${code}`)).not.toContain(false)
  })

  test.each([
    ['a text that is too long', () => 'x'.repeat(21), /varchar|20 characters/u],
    ['the character NUL', () => 'a\0b', /NUL/u],
    ['NULL, where the column takes none', () => null, /NULL/u],
    ['the same for two values', (value: string) => value.slice(0, 2), /two distinct values/u],
  ])('a mask of the user that gives %s stops, and tells the column and no value', async (_, mask, reason) => {
    const column = columnFacts('code', 'varchar', { maxLength: 20, notNull: true })
    const apply = await maskOf({ mask: 'own', column, unique: true, ownMasks: { own: { mask, distinct: true } } })
    const failure = await failureOf(() => ['wirbel1', 'other', 'wirbel2'].map(apply))
    expect([failure.code, failure.message]).toEqual(['MASK_OWN_THREW', expect.stringContaining('public.things.code')])
    expect(failure.details.why).toMatch(reason)
    expect(JSON.stringify(failure.details)).not.toContain('wirbel')
  })

  test('infinity, NaN and what is no day stay what they are', async () => {
    const shift = await maskOf({ mask: 'date-shift', column: columnFacts('at', 'timestamptz') })
    expect([shift('infinity'), shift('-infinity')]).toEqual(['infinity', '-infinity'])
    expect((await maskOf({ mask: 'noise', column: columnFacts('n', 'float8') }))('NaN')).toBe('NaN')
  })

  test('arrays keep their form, their NULLs and their length', async () => {
    const apply = await maskOf({ mask: 'email', column: columnFacts('emails', 'text', { arrayDimensions: 1 }), class: 'D' })
    const masked = apply('{a@x.de,NULL,"b \\"c\\"@x.de"}') ?? ''
    expect(masked).toMatch(/^\{[^,]+@example\.(?:com|org|net),NULL,[^,]+@example\.(?:com|org|net)\}$/u)
    expect(apply('{}')).toBe('{}')
  })

  test.each([
    ['D', 'keep', 'text', /not kept/u],
    ['S', 'shuffle', 'text', /not kept/u],
    ['D', 'first-name', 'int4', /is for text/u],
    ['F', 'text', 'hstore', /is for text/u],
    ['Q', 'nonsense', 'text', /no mask nonsense/u],
    ['Q', 'emial', 'text', /did you mean email/u],
    ['Q', 'noise(200%)', 'int4', /percentage/u],
    ['Q', 'bucket', 'int4', /size/u],
    ['Q', 'choice', 'text', /values in brackets/u],
    ['Q', 'json(theme)', 'jsonb', /no path/u],
  ] as const)('%s %s on %s is refused before the first row', async (piiClass, mask, type, reason) => {
    const failure = await failureOf(() => maskOf({ mask, column: columnFacts('value', type), class: piiClass }))
    expect(failure.code).toBe('MASK_REFUSED')
    expect(failure.details.why).toMatch(reason)
  })

  test.each([
    ['first-name', 20, 'Q', true], // a code is behind it
    ['bucket(10)', 20, 'Q', false],
    ['choice(a, b)', 20, 'Q', false],
    ['email', 12, 'D', false], // five letters for a thousand rows
    ['phone', 12, 'D', false],
    ['credential', 4, 'C', false],
  ] as const)('%s in %i characters of a unique column', async (mask, maxLength, piiClass, fits) => {
    const type = mask.startsWith('bucket') ? 'int4' : 'varchar'
    const compiled = maskOf({ mask, column: columnFacts('value', type, { maxLength }), class: piiClass, unique: true })
    if (fits) await expect(compiled).resolves.toBeTypeOf('function')
    else expect((await failureOf(() => compiled)).details.why).toMatch(/unique|room|characters/u)
  })
})
