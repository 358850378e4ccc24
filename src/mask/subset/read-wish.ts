import { subsetInvalid } from './errors.ts'
import { type SubsetWish, usualChildren } from './wish.ts'

/** What a command line says of a subset. */
export interface WrittenWish {
  readonly percent?: string | undefined
  readonly rows?: number | undefined
  /** Each `Model: condition`. */
  readonly filters: readonly string[]
  readonly children?: number | undefined
}

/** @throws FIXTURE_SUBSET_INVALID */
export function readWish({ percent, rows, filters, children }: WrittenWish): SubsetWish {
  if (percent !== undefined && rows !== undefined) throw subsetInvalid('both --percent and --rows say how much')
  const share = percent === undefined ? undefined : Number(percent)
  if (share !== undefined && !(share > 0 && share <= 100))
    throw subsetInvalid(`--percent ${percent} is not more than 0 and at most 100`)
  if (rows === 0) throw subsetInvalid('--rows 0 would take nothing')
  if (children === 0)
    throw subsetInvalid('--children 0 would take no children; leave tables out with a filter instead')
  const read = new Map<string, string>()
  for (const written of filters) {
    const colon = written.indexOf(':')
    const [model, condition] = [written.slice(0, colon).trim(), written.slice(colon + 1).trim()]
    if (colon === -1 || model === '' || condition === '')
      throw subsetInvalid('a --filter is not of the form Model: condition')
    if (read.has(model)) throw subsetInvalid(`two filters name ${model}: write one condition with AND`)
    read.set(model, condition)
  }
  return {
    ...(share === undefined ? {} : { percent: share }),
    ...(rows === undefined ? {} : { rows }),
    filters: read,
    children: children ?? usualChildren,
  }
}
