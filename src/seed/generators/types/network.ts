import type { Random } from '../../random/random.ts'
import { type GeneratorFamily, type GeneratorMaker, valueGenerator } from '../make.ts'

/** RFC 5737: for documentation, routed nowhere. */
const testNetworks = ['192.0.2', '198.51.100', '203.0.113']

/** Nine of ten are IPv4 of the three test networks, the others IPv6 of 2001:db8::/32 (RFC 3849). */
export function documentationAddress(random: Random): string {
  if (random.fraction() < 0.9) return `${random.pick(testNetworks)}.${1 + random.below(254)}`
  return addressSix(random.below(2 ** 52))
}

/** A counted address of 2001:db8::/32: IPv4 has not enough for documentation. */
export function addressSix(index: number): string {
  const digits = index.toString(16).padStart(16, '0')
  return `2001:db8::${[0, 4, 8, 12].map((at) => Number.parseInt(digits.slice(at, at + 4), 16).toString(16)).join(':')}`
}

const inet: GeneratorMaker = (input) =>
  valueGenerator(input, 'type:inet', (_, random) => documentationAddress(random), { nulls: 0.1, capacity: 2 ** 52, at: addressSix })

const cidr: GeneratorMaker = (input) =>
  valueGenerator(input, 'type:cidr', (_, random) => `${random.pick(testNetworks)}.${random.below(16) * 16}/28`, {
    nulls: 0.1,
    capacity: 2 ** 32,
    at: (index) => `2001:db8:${Math.floor(index / 65_536).toString(16)}:${(index % 65_536).toString(16)}::/64`,
  })

/** Locally administered: no maker ever gave it to a card. */
function mac(bytes: number): GeneratorMaker {
  const write = (index: number): string =>
    `02:${index.toString(16).padStart(2 * (bytes - 1), '0').replace(/..(?!$)/gu, '$&:')}`
  const capacity = 2 ** (8 * Math.min(6, bytes - 1))
  return (input) =>
    valueGenerator(input, 'macAddress', (_, random) => write(random.below(capacity)), { nulls: 0.1, capacity, at: write })
}

/** Addresses of networks and cards. */
export const networkTypes: GeneratorFamily = { inet, cidr, macaddr: mac(6), macaddr8: mac(8) }
