import { columnOf } from './column-of.ts'
import { isRecord } from './is-record.ts'

/** The columns that stand alone behind `/` or `%` in a piece of a syntax tree, each once. */
export function divisorsIn(tree: unknown): readonly string[] {
  return [...new Set(find(tree))]
}

function find(tree: unknown): readonly string[] {
  if (Array.isArray(tree)) return tree.flatMap(find)
  if (!isRecord(tree)) return []
  const expression = tree['A_Expr']
  const own = isRecord(expression) && isDivision(expression['name']) ? columnOf(expression['rexpr']) : undefined
  return [...(own === undefined ? [] : [own]), ...Object.values(tree).flatMap(find)]
}

function isDivision(name: unknown): boolean {
  return /"sval":"[/%]"/.test(JSON.stringify(name))
}
