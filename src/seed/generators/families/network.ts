import { typeGenerators } from '../list-types.ts'
import { namesMeaning } from '../meanings.ts'
import { roomOf, slugOf } from '../format/text.ts'
import { codes, type Phrases } from '../count-phrases.ts'
import { type GeneratorFamily, type GeneratorMaker, phraseGenerator, textGenerator, valueGenerator } from '../make.ts'
import { addressSix, documentationAddress, networkTypes } from '../types/network.ts'
import { words } from '../vocabulary/words.ts'

const ipAddress: GeneratorMaker = (input) => {
  if (input.column.baseType === 'cidr') return networkTypes['cidr']?.(input)
  if (roomOf(input.column) < 15) return undefined
  if (roomOf(input.column) < 39) {
    return valueGenerator(input, 'ipAddress', (_, random) => `192.0.2.${1 + random.below(254)}`, {
      nulls: 0.1, capacity: 254, at: (index) => `192.0.2.${index + 1}`,
    })
  }
  return valueGenerator(input, 'ipAddress', (_, random) => documentationAddress(random), { nulls: 0.1, capacity: 2 ** 52, at: addressSix })
}

const macAddress: GeneratorMaker = (input) => {
  if (roomOf(input.column) < 17) return undefined
  return networkTypes[input.column.baseType === 'macaddr8' ? 'macaddr8' : 'macaddr']?.(input)
}

const deviceId: GeneratorMaker = (input) => {
  if (input.column.baseType === 'uuid') return typeGenerators['uuid']?.(input)
  const counted = codes(roomOf(input.column))
  return textGenerator(input, 'deviceId', (_, random) => counted.at(random.below(counted.capacity)).toUpperCase(), { nulls: 0.1, ...counted })
}

const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  'Mozilla/5.0 (Linux; Android 14; Mobile) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Mobile Safari/537.36',
]

const userAgent: GeneratorMaker = (input) => textGenerator(input, 'userAgent', (_, random) => random.pick(agents), { nulls: 0.1 })

const hosts: Phrases = {
  size: words.length * words.length,
  at: (index) => `${words[Math.floor(index / words.length)] ?? ''}-${words[index % words.length] ?? ''}`,
}

/** A counted name under a domain that RFC 2606 reserves. */
function underExample(
  name: string,
  write: (host: string) => string,
  nulls: number,
  others: readonly ((host: string) => string)[] = [],
): GeneratorMaker {
  return (input) => {
    const room = roomOf(input.column) - write('').length
    if (room < 1) return undefined
    const column = { ...input.column, ...(input.column.maxLength !== undefined && { maxLength: room }), notNull: true }
    const inner = phraseGenerator({ ...input, column }, name, hosts, { join: '-' })
    const generator = valueGenerator(input, name, (row, random) => write(inner.make(row, random) ?? ''), {
      nulls,
      ...(inner.capacity !== undefined && { capacity: inner.capacity }),
      at: (index, row) => write(inner.at?.(index, row) ?? ''),
    })
    const forms = others.flatMap((other) => underExample(name, other, nulls)(input) ?? [])
    return forms.length === 0 ? generator : { ...generator, forms }
  }
}

const domain = underExample('domain', (host) => `${host}.example`, 0.1, [
  (host) => `${host}.example.com`,
  (host) => `${host}.example.org`,
  (host) => `www.${host}.example.com`,
])

/** Of the row's own name or title, where it has a short one, so that a link looks like what it leads to. */
const url: GeneratorMaker = (input) => {
  const plain = underExample('url', (host) => `https://${host}.example/`, 0.2, urlForms)(input)
  const titles = namesMeaning(input, 'companyName', 'productName', 'title').slice(0, 1)
  const [title] = titles
  if (plain === undefined || title === undefined || roomOf(input.column) < 80) return plain
  return { ...plain, after: titles, make: (row, random) => linkTo(row.cell(title), plain.make(row, random)) }
}

/** A check may want a known ending, no path, or the older protocol. */
const urlForms: readonly ((host: string) => string)[] = [
  (host) => `https://${host}.example`,
  (host) => `https://${host}.example.com/`,
  (host) => `https://${host}.example.com`,
  (host) => `https://www.${host}.example.com/`,
  (host) => `https://www.${host}.example.com`,
  (host) => `http://${host}.example/`,
  (host) => `http://${host}.example.com`,
  (host) => `${host}.example.com`,
  (host) => `www.${host}.example.com`,
]

function linkTo(title: string | null | undefined, plain: string | null): string | null {
  const slug = slugOf(title ?? '').slice(0, 40)
  return plain === null || slug === '' ? plain : `https://${slug.replace(/-$/u, '')}.example/`
}

/** A picture of nobody: one dot of one colour, a GIF in the value itself. */
const image: GeneratorMaker = (input) => {
  if (roomOf(input.column) < 80) return underExample('image', (host) => `https://${host}.example/i.gif`, 0.3)(input)
  return valueGenerator(input, 'image', (_, random) => dot(random.below(2 ** 24)), {
    nulls: 0.3,
    capacity: 2 ** 24,
    at: dot,
  })
}

function dot(colour: number): string {
  const bytes = `474946383961010001008000 00${colour.toString(16).padStart(6, '0')}0000002c000000000100010000020244 01003b`
  return `data:image/gif;base64,${Buffer.from(bytes.replaceAll(' ', ''), 'hex').toString('base64')}`
}

/** Addresses of machines and pages: all reserved for documentation. */
export const networkGenerators: GeneratorFamily = { ipAddress, macAddress, deviceId, userAgent, domain, url, image }
