/** An SQL expression of a CHECK constraint, as far as anybody looks into it. Collations are left out. */
export type Expression =
  | { readonly kind: 'column'; readonly name: string }
  /** A literal with the type that it is cast to: `'5'::integer`, NULL. */
  | { readonly kind: 'constant'; readonly text: string | null; readonly type: string | undefined }
  /** `now()` and its like, or today. */
  | { readonly kind: 'clock'; readonly isDate: boolean }
  | { readonly kind: 'cast'; readonly to: string; readonly of: Expression }
  | { readonly kind: 'operator'; readonly name: string; readonly left: Expression | undefined; readonly right: Expression }
  /** `left = ANY (right)`, `left <> ALL (right)`. */
  | {
      readonly kind: 'any' | 'all'
      readonly name: string
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'distinct'; readonly isNot: boolean; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'nullif'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'isNull'; readonly isNot: boolean; readonly of: Expression }
  | { readonly kind: 'isTruth'; readonly truth: boolean | null; readonly isNot: boolean; readonly of: Expression }
  | { readonly kind: 'case'; readonly branches: readonly Branch[]; readonly otherwise: Expression }
  | { readonly kind: 'coalesce'; readonly args: readonly Expression[] }
  | { readonly kind: 'extreme'; readonly isGreatest: boolean; readonly args: readonly Expression[] }
  | { readonly kind: 'array'; readonly elements: readonly Expression[] }
  | { readonly kind: 'row'; readonly args: readonly Expression[] }
  | { readonly kind: 'unknown'; readonly what: string }

/** A WHEN of a CASE. */
export interface Branch {
  readonly when: Expression
  readonly result: Expression
}

/** The columns that an expression names. */
export function columnsOf(expression: Expression): ReadonlySet<string> {
  const found = new Set<string>()
  collect(expression, found)
  return found
}

function collect(part: unknown, found: Set<string>): void {
  if (typeof part !== 'object' || part === null) return
  if ('kind' in part && part.kind === 'column' && 'name' in part) found.add(String(part.name))
  else for (const value of Object.values(part)) collect(value, found)
}
