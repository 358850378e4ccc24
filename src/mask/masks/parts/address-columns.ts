import { wordsOf } from '../../../seed/classify/words.ts'
import type { MaskColumn } from '../../mask.ts'

const meanings = new Set(['street', 'secondaryAddress', 'city', 'region', 'postalCode', 'country', 'countryCode', 'latitude', 'longitude'])
const kinds = new Set('billing shipping delivery mailing home work office business postal invoice registered birth legal from to pickup origin destination'.split(' '))

/** The columns of the table that are parts of the same address: those of `billing_city` are the ones of billing. */
export function addressColumns({ column, plans }: Pick<MaskColumn, 'column' | 'plans'>): readonly string[] {
  const kind = kindOf(column.name)
  return [...plans].flatMap(([name, { meaning }]) => (meanings.has(meaning ?? '') && kindOf(name) === kind ? [name] : []))
}

function kindOf(name: string): string {
  const [first = ''] = wordsOf(name)
  return kinds.has(first) ? first : ''
}
