import { permutation } from '../../random/permutation.ts'
import { hill, zipf } from '../../random/distribution.ts'
import { peopleOf } from '../../shared/people.ts'
import { momentOfCell, momentText } from '../format/moment.ts'
import { numberText } from '../format/number.ts'
import { base36, fitText, roomOf } from '../format/text.ts'
import type { Generator, GeneratorInput, Person } from '../generator.ts'
import { columnsMeaning, namesMeaning } from '../meanings.ts'
import { listed } from '../count-phrases.ts'
import { type GeneratorFamily, type GeneratorMaker, phraseGenerator, textGenerator, valueGenerator } from '../make.ts'
import { companyNames } from '../vocabulary/company-names.ts'
import { enumGenerator } from './states.ts'

/** RFC 2606: nobody can own these, so no mail arrives. */
const domains = ['example.com', 'example.org', 'example.net'] as const

/**
 * The handle of the row's person at a reserved domain: distinct, because handles are. A second address of the row is at
 * another domain; a column too short for names has letters and digits.
 */
const email: GeneratorMaker = (input) => {
  const people = peopleOf(input)
  const before = input.columns.findIndex(({ name }) => name === input.column.name)
  const which = columnsMeaning(input, 'email').filter((other) => input.columns.indexOf(other) < before).length
  const domain = domains[which % domains.length] ?? domains[0]
  const room = roomOf(input.column)
  if (room < 15) return undefined
  if (room < 48) return shortEmail(input, which)
  const emailOf = (write: (handle: string) => string): Generator =>
    valueGenerator(input, 'email', (row) => write(row.person.handle), {
      distinct: true,
      capacity: people.size,
      at: (index) => write(people.at(index).handle),
    })
  const forms = emailForms.map((write) => emailOf((handle) => write(handle, domain)))
  return { ...emailOf((handle) => `${handle}@${domain}`), forms }
}

/** A check may want one case, no dot or no digit before the sign. No name has the letters `zq`: handles stay apart. */
const emailForms: readonly ((handle: string, domain: string) => string)[] = [
  (handle, domain) => `${handle.replace('.', 'zq')}@${domain}`,
  (handle, domain) => `${inLetters(handle)}@${domain}`,
  (handle, domain) => `${handle}@${domain}`.toUpperCase(),
]

function inLetters(handle: string): string {
  return handle.replace('.', 'zq').replace(/\d/gu, (digit) => 'abcdefghij'[Number(digit)] ?? '')
}

function shortEmail(input: GeneratorInput, which: number): Generator {
  const size = 36 ** 6
  const permute = permutation([input.seed, input.model, '#person', 'short'], size)
  const write = (index: number): string => `${'abcdefgh'[which % 8] ?? 'a'}${base36(index, 6)}@a.test`
  return valueGenerator(input, 'email', (row) => write(permute(row.index % size)), { distinct: true, capacity: size, at: write })
}

const username: GeneratorMaker = (input) => {
  const people = peopleOf(input)
  const room = roomOf(input.column)
  if (room < 6) return undefined
  if (room < 36) {
    const size = 36 ** Math.min(6, room - 1)
    const permute = permutation([input.seed, input.model, '#person', 'short'], size)
    const write = (index: number): string => `u${base36(index, Math.min(6, room - 1))}`
    return valueGenerator(input, 'username', (row) => write(permute(row.index % size)), { distinct: true, capacity: size, at: write })
  }
  return valueGenerator(input, 'username', (row) => row.person.handle, {
    distinct: true,
    capacity: people.size,
    at: (index) => people.at(index).handle,
  })
}

const firstName: GeneratorMaker = (input) => {
  const { female, male } = input.locale.people
  return personText(input, 'firstName', (row) => row.person.firstName, [...female, ...male].map(({ name }) => name))
}

const lastName: GeneratorMaker = (input) =>
  personText(input, 'lastName', (row) => row.person.lastName, input.locale.people.last.map(({ name }) => name))

/** The person of the row; the phrases count off where the column must be distinct by itself. */
function personText(
  input: GeneratorInput,
  name: string,
  make: (row: Parameters<Generator['make']>[0]) => string,
  all: readonly string[],
): Generator {
  const { capacity, at } = phraseGenerator(input, name, listed(all))
  return textGenerator(input, name, make, { ...(capacity !== undefined && at !== undefined && { capacity, at }) })
}

const middleName: GeneratorMaker = (input) => {
  const { female, male } = input.locale.people
  return textGenerator(
    input,
    'middleName',
    (row, random) => random.pick(row.person.sex === 'female' ? female : male).name,
    { nulls: 0.7 },
  )
}

/** First and last name as the language writes them. */
const fullName: GeneratorMaker = (input) => {
  const isFamilyFirst = /^(?:ja|ko|zh|hu)/u.test(input.locale.name)
  const write = ({ firstName: first, lastName: last }: Named): string =>
    isFamilyFirst ? `${last} ${first}` : `${first} ${last}`
  return textGenerator(input, 'fullName', (row) => write(row.person), uniqueNames(input, write))
}

type Named = Pick<Person, 'firstName' | 'lastName'>

/** Full names are many, but not so many as people: a number behind tells those of one name apart. */
function uniqueNames(
  input: GeneratorInput,
  write: (person: Named) => string,
): { readonly capacity?: number; readonly at?: (index: number) => string } {
  const people = peopleOf(input)
  if (roomOf(input.column) < 50) return {}
  return {
    capacity: people.size,
    at: (index) => {
      const person = people.at(index)
      return `${write(person)} ${/\d+$/u.exec(person.handle)?.[0] ?? ''}`
    },
  }
}

const day = 86_400_000

/** Eighteen to ninety, more of them younger. */
const birthDate: GeneratorMaker = (input) => {
  const write = momentText(input.column)
  return valueGenerator(
    input,
    'birthDate',
    (_, random) => {
      const years = 18.1 + 72 * hill(random.fraction(), 1.3, 2)
      return write((Math.floor(input.now / day) - Math.floor(years * 365.25)) * day)
    },
    { nulls: 0.1, capacity: 26_000, at: (index) => write(Math.floor((input.now - (6_700 + index) * day) / day) * day) },
  )
}

/** As the row's birth date says, where it has one. */
const age: GeneratorMaker = (input) => {
  const write = numberText(input.column, 0)
  const births = namesMeaning(input, 'birthDate')
  return valueGenerator(
    input,
    'age',
    (row, random) => {
      const born = births.length === 0 ? undefined : momentOfCell(row.cell(births[0] ?? ''))
      if (born !== undefined) return write(Math.floor((input.now - born) / day / 365.2425))
      return write(18 + Math.floor(72 * hill(random.fraction(), 1.3, 2)))
    },
    { after: births, nulls: 0.1 },
  )
}

/** As the first name of the row suggests. */
const gender: GeneratorMaker = (input) => {
  const { enumLabels } = input.column
  if (enumLabels !== undefined) {
    const labels = { female: enumLabels.find((label) => /^(?:f|w)/iu.test(label)), male: enumLabels.find((label) => /^m/iu.test(label)) }
    const other = enumGenerator(input)
    return valueGenerator(input, 'gender', (row, random) => labels[row.person.sex] ?? other?.make(row, random) ?? null, { nulls: 0.1 })
  }
  const isShort = roomOf(input.column) < 6
  return textGenerator(input, 'gender', ({ person }) => (isShort ? person.sex.slice(0, 1).toUpperCase() : person.sex), { nulls: 0.1 })
}

const namePrefix: GeneratorMaker = (input) => {
  if (input.column.enumLabels !== undefined) return enumGenerator(input)
  return textGenerator(input, 'namePrefix', (row) => (row.person.sex === 'female' ? 'Ms' : 'Mr'), { nulls: 0.2 })
}

/** What nobody has: reserved ranges of made-up answers, never real categories of belief. */
const belief: GeneratorMaker = (input) => {
  if (input.column.enumLabels !== undefined) return enumGenerator(input)
  return textGenerator(input, 'belief', (_, random) => random.pick(['not stated', 'group A', 'group B', 'group C', 'other']), { nulls: 0.5 })
}

const nationality: GeneratorMaker = (input) => {
  const isCode = roomOf(input.column) < 4
  return textGenerator(input, 'nationality', ({ address }) => (isCode ? address.countryCode : address.country), { nulls: 0.1 })
}

const employer: GeneratorMaker = (input) => {
  const names = companyNames(input.locale)
  return textGenerator(input, 'employer', (_, random) => names.at(random.below(names.size)), { nulls: 0.3 })
}

const jobTitle: GeneratorMaker = (input) => {
  const { faker } = input.locale
  return textGenerator(input, 'jobTitle', (_, random) => faker(random).person.jobTitle(), { nulls: 0.2 })
}

const departments = listed('Sales,Engineering,Finance,Support,Marketing,Operations,Legal,Procurement,Research,Logistics'.split(','))

const department: GeneratorMaker = (input) => {
  const fit = fitText(input.column)
  return valueGenerator(input, 'department', (_, random) => fit(departments.at(zipf(random.fraction(), departments.size, 0.6))), { nulls: 0.1 })
}

/** Who somebody is. */
export const peopleGenerators: GeneratorFamily = {
  email, username, firstName, lastName, middleName, fullName, birthDate, age, gender, namePrefix, belief, nationality,
  employer, jobTitle, department,
}
