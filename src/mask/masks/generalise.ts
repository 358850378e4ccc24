import { typeGroup } from '../../seed/classify/type-group.ts'
import type { Mask } from '../mask.ts'

/** Less of what the value says. */
export const generalise: Mask = {
  name: 'generalise',
  summary: 'dates to their `generalise(month)` or `(year)`; texts to their first letters, `generalise(2)`; network addresses to /24 or /48',
  provenance: 'generalised',
  types: ['date', 'timestamp', 'text', 'inet'],
  compile: ({ argument, column }) => {
    const group = typeGroup(column)
    if (group === 'inet') return { apply: networkOf, distinctBits: 0 }
    if (group === 'text') {
      const kept = Number(argument)
      if (!Number.isInteger(kept) || kept < 0) return { unfit: 'the number of letters that stay is a whole number, as in generalise(2)' }
      return { apply: (value) => [...value].map((unit, place) => (place < kept || !/[\p{L}\p{N}]/u.test(unit) ? unit : '*')).join(''), distinctBits: 0 }
    }
    if (argument !== 'month' && argument !== 'year') return { unfit: 'dates become their generalise(month) or generalise(year)' }
    return { apply: (value) => startOf(value, argument), distinctBits: 0 }
  },
}

function startOf(value: string, unit: 'month' | 'year'): string {
  const [, year, month = '01', clock, era = ''] = /^(\d{4,})-(\d\d)-\d\d( [\d:.]+)?.*?( BC)?$/su.exec(value) ?? []
  if (year === undefined) return value
  const zone = clock !== undefined && /[+-]\d\d(?::?\d\d)*(?: BC)?$/u.test(value) ? '+00' : ''
  return `${year}-${unit === 'month' ? month : '01'}-01${clock === undefined ? '' : ` 00:00:00${zone}`}${era}`
}

/** The network of an address; one that is a network already stays no finer than that. */
function networkOf(value: string): string {
  const [address = '', bits] = value.split('/')
  const four = /^(\d+\.\d+\.\d+)\.\d+$/u.exec(address)
  if (four !== null) return bits !== undefined && Number(bits) < 24 ? value : `${four[1] ?? ''}.0/24`
  if (bits !== undefined && Number(bits) < 48) return value
  const [head = ''] = address.split('::')
  const words = head.split(':').filter((word) => word !== '').slice(0, 3)
  return `${words.join(':')}::/48`
}
