import { arrayOf } from '../../seed/generators/array-of.ts'
import { compositeOf } from '../../seed/generators/composite-of.ts'
import { generatorFor } from '../../seed/generators/generator-for.ts'
import type { Generator, GeneratorInput, RowView } from '../../seed/generators/generator.ts'
import { semanticGenerators } from '../../seed/generators/list.ts'
import { addressIn } from '../../seed/shared/addresses.ts'
import { homeCountries } from '../../seed/locale/places.ts'
import { peopleOf } from '../../seed/shared/people.ts'
import type { Cell } from '../../seed/cell.ts'
import type { CellMask, Mask, MaskColumn, Unfit } from '../mask.ts'
import { withCode } from './parts/with-code.ts'
import { typeGroup } from '../../seed/classify/type-group.ts'

/** What the seeder would write there, decided by the value. */
export const synthetic: Mask = {
  name: 'synthetic',
  summary: 'what the seeder makes for such a column: identity numbers never issued, IBANs of no bank, addresses of networks for examples, texts and structures of every type',
  provenance: 'replaced',
  compile: (input) => {
    const { world, isUnique, column } = input
    const generatorInput = inputFor(input)
    const generator = semanticGenerators[input.meaning ?? '']?.(generatorInput) ?? byType(generatorInput)
    if (generator === undefined) return { unfit: `nobody knows how to make a value of the type ${column.type}; use null, fixed or a mask of your own` }
    const chanceOf = world.chance(`synthetic ${generator.name}`)
    const rowOf = rows(input, generatorInput)
    const make = (value: string, attempt: number): Cell => {
      const random = chanceOf(attempt === 0 ? value : `${value}\0${attempt}`)
      return generator.make(rowOf(random.below(1e9), random.fraction()), random)
    }
    const other = (value: string): Cell => {
      for (let attempt = 0; attempt < 5; attempt++) {
        const made = make(value, attempt)
        if (made !== value && made !== null) return made
      }
      return make(value, 0)
    }
    return isUnique ? distinct(input, generator, other) : { apply: other, distinctBits: 0 }
  },
}

function distinct(input: MaskColumn, generator: Generator, other: (value: string) => Cell): CellMask | Unfit {
  if (typeGroup(input.column) === 'text') return withCode(input, `synthetic ${generator.name}`, (value) => other(value) ?? '')
  const { capacity, at } = generator
  if (at === undefined || capacity === undefined || at.length > 1) return { apply: other, distinctBits: 0 }
  const tagOf = input.world.prf(`synthetic ${generator.name}`)
  const count = at as (index: number) => string
  const limit = Math.min(capacity, Number.MAX_SAFE_INTEGER)
  return {
    distinctBits: Math.log2(limit),
    apply: (value) => {
      const { w0, w1 } = tagOf(value)
      return count(Math.floor((((w0 >>> 5) * 0x400_0000 + (w1 >>> 6)) / 2 ** 53) * limit))
    },
  }
}

function byType(input: GeneratorInput): Generator | undefined {
  if (input.column.kind === 'composite') return compositeOf(input, generatorFor)
  if (input.column.arrayDimensions > 0) {
    return arrayOf(input, generatorFor({ ...input, column: { ...input.column, arrayDimensions: 0 } }))
  }
  const made = generatorFor({ ...input, column: { ...input.column, name: 'value' } })
  return made.name === 'unknown' ? undefined : made
}

/** The same for every table: what a value becomes does not depend on where it stands. */
function inputFor({ world, column }: MaskColumn): GeneratorInput {
  const plain = { ...column, notNull: true, default: undefined, identity: undefined }
  const always = { model: '', now: Date.UTC(2026, 0, 1), rows: 1 }
  return { ...always, seed: world.seed('synthetic'), column: plain, columns: [plain], locale: world.locale }
}

/** A row about a person and a place that the value decides. */
function rows({ world }: MaskColumn, { seed, locale, now }: GeneratorInput): (index: number, share: number) => RowView {
  const people = peopleOf({ seed, model: '', locale })
  const homes = homeCountries(locale.name)
  const chanceOf = world.chance('synthetic place')
  return (index, share) => ({
    index,
    cell: () => undefined,
    get person() {
      return people.at(Math.floor(share * people.size))
    },
    get address() {
      const random = chanceOf(String(index))
      return addressIn(random.pick(homes), random)
    },
    moment: now - Math.floor(share * 730 * 86_400_000),
  })
}
