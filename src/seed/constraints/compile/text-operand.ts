import type { ColumnFacts } from '../../../postgres/tables/table-facts.ts'
import type { Expression } from '../expressions/expression.ts'
import type { Pattern } from '../domain.ts'
import { textTypes } from '../samplers/text-sampler.ts'
import type { CheckContext } from './check-context.ts'

/** A text column, as it is or below functions that leave a value in its normal form alone. */
export interface TextOperand {
  readonly column: string
  /** What holds for values that the functions do not change: `lower(btrim(x))` of a value in lower case, unpadded. */
  readonly normal: readonly Pattern[]
  /** Of citext, unless it was cast to text. */
  readonly ignoreCase: boolean
  readonly isEnum: boolean
}

/** Reads `x`, `(x)::text`, `lower(x)`, `btrim(x)` and their like. */
export function textOperand(expression: Expression, context: CheckContext): TextOperand | undefined {
  switch (expression.kind) {
    case 'column': {
      const facts = context.columns.get(expression.name)
      if (facts === undefined || !isText(facts)) return undefined
      const { name, baseType } = facts
      return { column: name, normal: [], ignoreCase: baseType === 'citext', isEnum: facts.enumLabels !== undefined }
    }
    case 'cast': {
      if (!textTypes.has(expression.to)) return undefined
      const of = textOperand(expression.of, context)
      return of === undefined ? undefined : { ...of, ignoreCase: of.ignoreCase && expression.to === 'citext' }
    }
    case 'call': {
      const normal = normalForms[expression.name]
      const [argument, ...others] = expression.args
      if (normal === undefined || argument === undefined || others.length > 0) return undefined
      const of = textOperand(argument, context)
      return of === undefined ? undefined : { ...of, normal: [...of.normal, normal] }
    }
    default:
      return undefined
  }
}

function isText({ arrayDimensions, baseType, kind, enumLabels }: ColumnFacts): boolean {
  if (arrayDimensions > 0) return false
  return enumLabels !== undefined || (kind === 'scalar' && textTypes.has(baseType))
}

const without = (source: string): Pattern => ({ source, ignoreCase: false, negated: true })

const normalForms: Readonly<Record<string, Pattern>> = {
  lower: without('\\p{Lu}|\\p{Lt}'),
  upper: without('\\p{Ll}|\\p{Lt}'),
  btrim: without('^ | $'),
  trim: without('^ | $'),
  ltrim: without('^ '),
  rtrim: without(' $'),
}
