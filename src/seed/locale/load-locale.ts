import type { Faker, LocaleDefinition } from '@faker-js/faker'
import type { Random } from '../random/random.ts'
import { localeUnknown } from '../errors.ts'
import { japaneseNames } from './japanese-names.ts'
import type { Locale, NameLists } from './locale.ts'
import { writtenNames } from './written-names.ts'

/**
 * The vocabulary of a language, by Faker's name for it or a BCP 47 tag (`de`, `pt-BR`). Only its own file is loaded;
 * what a language lacks is English.
 */
export async function loadLocale(name: string): Promise<Locale> {
  const wanted = name.replaceAll('-', '_')
  const { base, Faker } = await import('@faker-js/faker/locale/base').then(async ({ faker }) => ({
    base: faker.rawDefinitions,
    Faker: faker.constructor as typeof import('@faker-js/faker').Faker,
  }))
  const english = await vocabulary('en')
  const own = wanted === 'en' ? english : ((await vocabulary(wanted)) ?? (await vocabulary(wanted.split('_')[0] ?? '')))
  if (own === undefined || english === undefined) throw localeUnknown(name)
  let current: Random = unpointed
  // Faker asks for chance through this alone; seeding it does nothing, pointing it costs one assignment.
  const faker = new Faker({
    locale: [own, english, base],
    randomizer: { next: () => current.fraction(), seed: () => undefined },
  })
  return {
    name: wanted,
    people: knownPeople(wanted, faker),
    faker: (random) => {
      current = random
      return faker
    },
  }
}

async function vocabulary(name: string): Promise<LocaleDefinition | undefined> {
  if (!/^[a-z]{2,3}(?:_[A-Za-z]+)*$/u.test(name)) return undefined
  try {
    const { faker } = (await import(`@faker-js/faker/locale/${name}`)) as { faker: Faker }
    return faker.rawDefinitions
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}

/** Writing them in ASCII is most of loading a language, which a run does for its plan and for the rules of the user. */
const people = new Map<string, NameLists>()

function knownPeople(name: string, faker: Faker): NameLists {
  const lists = people.get(name) ?? peopleOf(name, faker)
  people.set(name, lists)
  return lists
}

function peopleOf(name: string, faker: Faker): NameLists {
  if (name === 'ja') return japaneseNames
  const { first_name: first, last_name: last }: Readonly<Record<'first_name' | 'last_name', Lists>> = faker.definitions.person
  const taken = new Set<string>()
  return {
    female: writtenNames(first.female ?? first.generic ?? [], taken),
    male: writtenNames(first.male ?? first.generic ?? [], taken),
    last: writtenNames(last.generic ?? last.female ?? []),
  }
}

/** Not every language has all of them. */
type Lists = Readonly<Partial<Record<'female' | 'male' | 'generic', readonly string[]>>>

const unpointed: Random = {
  fraction: () => 0,
  below: () => 0,
  belowBig: () => 0n,
  pick: <Value>(values: readonly Value[]) => values[0] as Value,
}
