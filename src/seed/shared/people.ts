import type { CellAddress } from '../cell.ts'
import type { Person } from '../generators/generator.ts'
import type { Locale } from '../locale/locale.ts'
import { permutation } from '../random/permutation.ts'

/** The people of a table: a counted space of first names, last names and numbers. */
export interface People {
  /** Distinct handles for all indexes below this. */
  readonly size: number
  /** Person number `index` of the space, in order. */
  at(index: number): Person
  /** The person of a row: distinct rows have distinct people. */
  of(row: number): Person
}

/** Enough that no table runs out of people, and that neighbours look unlike each other. */
const atLeast = 500_000_000

/** All that a row says of a person comes from here, so its name, its email and its username agree. */
export function peopleOf({ seed, model, locale }: Pick<CellAddress, 'seed' | 'model'> & { readonly locale: Locale }): People {
  const { female, male, last } = locale.people
  const firsts = female.length + male.length
  const digits = Math.max(2, Math.ceil(Math.log10(atLeast / (firsts * last.length))))
  // Numbers without a leading zero: 10 to 99, 100 to 999.
  const numbers = 9 * 10 ** (digits - 1)
  const size = firsts * last.length * numbers
  const permute = permutation([seed, model, '#person'], size)

  function at(index: number): Person {
    const number = index % numbers
    const names = (index - number) / numbers
    const first = names % firsts
    const given = first < female.length ? female[first] : male[first - female.length]
    const family = last[(names - first) / firsts]
    return {
      firstName: given?.name ?? '',
      lastName: family?.name ?? '',
      sex: first < female.length ? 'female' : 'male',
      handle: `${given?.ascii ?? ''}.${family?.ascii ?? ''}${number + numbers / 9}`,
    }
  }

  return { size, at, of: (row) => at(permute(row % size)) }
}
