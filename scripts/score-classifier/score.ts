import { proposeColumn } from '../../src/mask/classification/propose-column.ts'
import type { ReviewedColumn } from '../../src/mask/classification/classification.ts'
import type { LabelledColumn } from './labels.ts'

/** How well the classifier finds what must never be let through: direct identifiers, credentials, sensitive columns. */
export interface ClassifierScore {
  readonly columns: number
  /** Labelled D, C or S. */
  readonly positives: number
  /** Of those, taken for D, C or S. */
  readonly found: number
  /** Taken for D, C or S at all. */
  readonly claimed: number
  readonly recall: number
  readonly precision: number
  /** Of the positives those whose mask lets the value through: what a careless review would leak. */
  readonly kept: number
  readonly missed: readonly Judged[]
  readonly wrong: readonly Judged[]
}

/** A label and what the classifier says. */
export interface Judged {
  readonly label: LabelledColumn
  readonly proposed: ReviewedColumn
}

const positive = new Set(['D', 'C', 'S'])

/** Compares labels with proposals. */
export function scoreClassifier(labels: readonly LabelledColumn[]): ClassifierScore {
  const besides = new Map<string, string[]>()
  for (const label of labels) besides.set(modelOf(label), [...(besides.get(modelOf(label)) ?? []), label.field])
  const judged = labels.map((label): Judged => ({ label, proposed: propose(label, besides.get(modelOf(label)) ?? []) }))
  const positives = judged.filter(({ label }) => positive.has(label.piiClass))
  const claimed = judged.filter(({ proposed }) => positive.has(proposed.class))
  const missed = positives.filter(({ proposed }) => !positive.has(proposed.class))
  const wrong = claimed.filter(({ label }) => !positive.has(label.piiClass))
  const found = positives.length - missed.length
  return {
    columns: labels.length,
    positives: positives.length,
    found,
    claimed: claimed.length,
    recall: found / positives.length,
    precision: (claimed.length - wrong.length) / claimed.length,
    kept: positives.filter(({ proposed }) => proposed.mask === 'keep').length,
    missed,
    wrong,
  }
}

function modelOf({ project, model }: LabelledColumn): string {
  return `${project} ${model}`
}

function propose({ model, field, type }: LabelledColumn, beside: readonly string[]): ReviewedColumn {
  const kind = type === 'enum' || type === 'range' ? type : 'scalar'
  return proposeColumn({
    table: model,
    field,
    column: { name: field, kind, baseType: type },
    documentation: undefined,
    pointsAt: undefined,
    beside,
  })
}
