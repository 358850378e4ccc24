import { weighted } from '../../random/distribution.ts'
import { fitText } from '../format/text.ts'
import type { GeneratorInput } from '../generator.ts'
import { type GeneratorFamily, type GeneratorMaker, valueGenerator } from '../make.ts'
import { statesOf, stateWeight } from '../state-machine.ts'

/** A state, each as often as states of its sort are: most rows are done or active, few have failed. */
const status: GeneratorMaker = (input) => {
  const labels = statesOf(input.column)
  const weights = labels.map(stateWeight)
  const fit = fitText(input.column)
  return valueGenerator(input, 'status', (_, random) => fit(labels[weighted(random.fraction(), weights)] ?? ''))
}

/** One of an enum's labels: the earlier, the oftener, unless all are wanted. */
export const enumGenerator: GeneratorMaker = (input) => {
  const labels = input.column.enumLabels ?? []
  const weights = labels.map((_, at) => 1 / (at + 1.5))
  return valueGenerator(input, `enum`, (_, random) => labels[weighted(random.fraction(), weights)] ?? null, {
    nulls: 0.1,
    capacity: labels.length,
    at: (index) => labels[index] ?? '',
  })
}

/** Words of a closed list that suit the column's name, with the default of the column first. */
const kind: GeneratorMaker = (input) => {
  if (input.column.enumLabels !== undefined) return enumGenerator(input)
  const values = kindsOf(input)
  const weights = values.map((_, at) => 1 / (at + 1))
  const fit = fitText(input.column)
  return valueGenerator(input, 'kind', (_, random) => fit(values[weighted(random.fraction(), weights)] ?? ''), { nulls: 0.1 })
}

function kindsOf({ column }: GeneratorInput): readonly string[] {
  const stated = /^'([^']+)'/u.exec(column.default ?? '')?.[1]
  const known = kinds.find(([name]) => name.test(column.name))?.[1] ?? 'standard basic premium custom'
  const values = known.split(' ')
  return stated === undefined || values.includes(stated) ? values : [stated, ...values]
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/role|scope|permission|access/iu, 'member admin owner viewer'],
  [/event|action|operation/iu, 'created updated viewed deleted exported'],
  [/entity|resource|object|model|table|target/iu, 'order customer product invoice'],
  [/priority|severity/iu, 'normal high low urgent'],
  [/level/iu, 'info warning error debug'],
  [/browser/iu, 'chrome safari firefox edge'],
  [/^os$|operating/iu, 'Windows macOS Linux Android iOS'],
  [/device|platform/iu, 'desktop mobile tablet'],
  [/method|payment/iu, 'card transfer invoice cash'],
  [/provider|channel|source|origin|campaign/iu, 'web email api import phone'],
  [/plan|tier/iu, 'free starter business enterprise'],
  [/environment/iu, 'production staging development'],
  [/visibility/iu, 'private public internal'],
  [/unit/iu, 'piece kg hour set'],
  [/interval|frequency/iu, 'monthly yearly weekly daily'],
  [/format|document|media|file/iu, 'pdf text image table'],
  [/theme|mode/iu, 'system light dark'],
]

/** States and kinds. */
export const stateGenerators: GeneratorFamily = { status, kind }
