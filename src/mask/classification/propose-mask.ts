import type { PiiClass } from '../../seed/classify/rule.ts'
import { type TypeGroup, typeGroup } from '../../seed/classify/type-group.ts'
import type { SchemaColumn } from './schema-columns.ts'

/** The mask for a column of a class and a meaning, as the user would write it. Every class but N is masked. */
export function proposeMask(piiClass: PiiClass, meaning: string | undefined, column: SchemaColumn['column']): string {
  const group = typeGroup(column)
  if (piiClass === 'N') return 'keep'
  if (piiClass === 'K') return keyTypes.has(group) ? 'id' : 'synthetic'
  if (piiClass === 'C') return group === 'text' || group === 'bytes' ? 'credential' : 'synthetic'
  if (group === 'json') return 'json'
  const wanted = meaning === undefined ? undefined : byMeaning[meaning]
  if (wanted?.groups.includes(group) === true) return wanted.mask
  if (group === 'date' || group === 'timestamp') return 'date-shift'
  if (group === 'int' || group === 'decimal') return 'noise'
  if (group === 'enum' || group === 'bool') return 'choice'
  if (piiClass === 'F' && group === 'text') return 'text'
  return 'synthetic'
}

const keyTypes: ReadonlySet<TypeGroup> = new Set<TypeGroup>(['int', 'uuid', 'text'])
const text: readonly TypeGroup[] = ['text']
const place: readonly TypeGroup[] = ['text', 'decimal']

const byMeaning: Readonly<Record<string, { readonly mask: string; readonly groups: readonly TypeGroup[] }>> = {
  email: { mask: 'email', groups: text },
  username: { mask: 'username', groups: text },
  firstName: { mask: 'first-name', groups: text },
  middleName: { mask: 'first-name', groups: text },
  lastName: { mask: 'last-name', groups: text },
  fullName: { mask: 'full-name', groups: text },
  phone: { mask: 'phone', groups: text },
  street: { mask: 'address', groups: text },
  secondaryAddress: { mask: 'address', groups: text },
  city: { mask: 'address', groups: text },
  region: { mask: 'address', groups: text },
  postalCode: { mask: 'address', groups: text },
  country: { mask: 'address', groups: text },
  countryCode: { mask: 'address', groups: text },
  latitude: { mask: 'address', groups: place },
  longitude: { mask: 'address', groups: place },
  url: { mask: 'url', groups: text },
  domain: { mask: 'url', groups: text },
  image: { mask: 'image', groups: text },
  gender: { mask: 'choice', groups: ['enum'] },
  slug: { mask: 'username', groups: text },
}
