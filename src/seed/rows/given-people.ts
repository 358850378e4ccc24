import { confidentMeaning } from '../generators/meanings.ts'
import { classifyOnce } from '../classify/classify-once.ts'
import type { Person } from '../generators/generator.ts'
import type { Locale } from '../locale/locale.ts'
import { asciiOf } from '../locale/written-names.ts'
import type { TablePlan } from '../plan/seed-plan.ts'

/** What a given row says of its person. */
type Said = Readonly<Partial<Record<'fullName' | 'firstName' | 'lastName' | 'email' | 'username', string>>>

const meanings = ['fullName', 'firstName', 'lastName', 'email', 'username'] as const

/**
 * The people of given rows: what a row says of a name, an email or a username, the rest of the person follows.
 * @param personOf whom the row would be about if it said nothing
 * @returns undefined for rows that say nothing of a person
 */
export function givenPeople(
  { facts, name: model, given }: Pick<TablePlan, 'facts' | 'name' | 'given'>,
  locale: Locale,
  personOf: (row: number) => Person,
): readonly (Person | undefined)[] {
  if (given.length === 0) return []
  const columns = facts.columns.flatMap((column) => {
    const meaning = meanings.find((one) => one === confidentMeaning(classifyOnce(column, model)))
    return meaning === undefined ? [] : [{ name: column.name, meaning }]
  })
  const taken = new Set<string>()
  return given.map((cells, row) => {
    const said: { -readonly [Meaning in keyof Said]: string } = {}
    for (const { name, meaning } of columns) {
      const cell = cells.get(name)
      if (typeof cell === 'string' && cell.trim() !== '') said[meaning] ??= cell.trim()
    }
    if (Object.keys(said).length === 0) return undefined
    const person = personWho(said, locale, personOf(row))
    const isTaken = taken.has(person.handle)
    // Handles that are made have no number with a leading zero, and those of names alone have none.
    const handle = isTaken && ownHandle(said) === undefined ? `${person.handle}0${row}` : person.handle
    taken.add(handle)
    return { ...person, handle }
  })
}

function personWho(said: Said, locale: Locale, usual: Person): Person {
  const handle = ownHandle(said)
  const { first = said.firstName, last = said.lastName } = namesOf(said, handle, /^(?:ja|ko|zh|hu)/u.test(locale.name))
  const isOneWord = said.fullName !== undefined && last === undefined
  const firstName = first ?? usual.firstName
  const lastName = last ?? usual.lastName
  const made = [firstName, isOneWord ? '' : lastName].map(asciiOf).filter((word) => word !== '').join('.')
  return { firstName, lastName, sex: sexOf(firstName, locale) ?? usual.sex, handle: handle ?? (made || usual.handle) }
}

/** What stands before the sign of an address, as far as a mail server would take it. */
function ownHandle({ email, username }: Said): string | undefined {
  const own = username ?? email?.split('@')[0] ?? ''
  const handle = own.normalize('NFD').replace(/[^A-Za-z0-9._+-]+/gu, '.').replace(/^\.+|\.+$/gu, '')
  return handle === '' ? undefined : handle
}

interface Names {
  readonly first?: string
  readonly last?: string
}

function namesOf({ fullName, firstName, lastName }: Said, handle: string | undefined, isFamilyFirst: boolean): Names {
  if (fullName !== undefined) {
    const [one = '', ...others] = fullName.split(/\s+/u)
    const rest = others.join(' ')
    const names = rest === '' ? { first: one } : isFamilyFirst ? { first: rest, last: one } : { first: one, last: rest }
    return { ...names, ...(firstName && { first: firstName }), ...(lastName && { last: lastName }) }
  }
  if (firstName !== undefined || lastName !== undefined || handle === undefined) return {}
  const words = handle.split(/[._+-]+/u).map((word) => word.replace(/\d+/gu, ''))
  const [first, ...others] = words.filter((word) => word !== '')
  const last = others.at(-1)
  return { ...(first && { first: capital(first) }), ...(last && { last: capital(last) }) }
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}

function sexOf(firstName: string, { people: { female, male } }: Locale): Person['sex'] | undefined {
  const wanted = firstName.toLowerCase()
  const isIn = (names: typeof female): boolean => names.some(({ name }) => name.toLowerCase() === wanted)
  return isIn(female) ? 'female' : isIn(male) ? 'male' : undefined
}
