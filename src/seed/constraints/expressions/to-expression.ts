import type { A_Const, A_Expr, FuncCall, Node, SQLValueFunction, TypeCast, TypeName } from 'libpg-query'
import { arrayElements } from '../samplers/container-text.ts'
import type { Expression } from './expression.ts'

type Replaced = ReadonlyMap<string, Expression>

/** Reads the parser's tree. What it does not know becomes `unknown`, with a name for it. */
export function toExpression(node: Node | undefined, replaced: Replaced): Expression {
  const inner = (part: Node | undefined): Expression => toExpression(part, replaced)
  const all = (parts: readonly Node[] | undefined): readonly Expression[] => (parts ?? []).map(inner)
  if (node === undefined) return unknown('nothing')
  if ('ColumnRef' in node) {
    const name = names(node.ColumnRef.fields).at(-1) ?? ''
    return replaced.get(name) ?? { kind: 'column', name }
  }
  if ('A_Const' in node) return constant(node.A_Const)
  if ('TypeCast' in node) return cast(node.TypeCast, replaced)
  if ('CollateClause' in node) return inner(node.CollateClause.arg)
  if ('A_Expr' in node) return operation(node.A_Expr, replaced)
  if ('BoolExpr' in node) {
    const parts = all(node.BoolExpr.args)
    if (node.BoolExpr.boolop === 'NOT_EXPR') return { kind: 'not', of: parts[0] ?? unknown('NOT') }
    return { kind: node.BoolExpr.boolop === 'AND_EXPR' ? 'and' : 'or', parts }
  }
  if ('NullTest' in node) {
    return { kind: 'isNull', isNot: node.NullTest.nulltesttype === 'IS_NOT_NULL', of: inner(node.NullTest.arg) }
  }
  if ('BooleanTest' in node) {
    const test = node.BooleanTest.booltesttype ?? 'IS_TRUE'
    const truth = test.endsWith('UNKNOWN') ? null : test.endsWith('TRUE')
    return { kind: 'isTruth', truth, isNot: test.startsWith('IS_NOT'), of: inner(node.BooleanTest.arg) }
  }
  if ('FuncCall' in node) return call(node.FuncCall, all(node.FuncCall.args))
  if ('SQLValueFunction' in node) return valueFunction(node.SQLValueFunction)
  if ('CaseExpr' in node) {
    const { arg, args, defresult } = node.CaseExpr
    const subject = arg === undefined ? undefined : inner(arg)
    const branches = (args ?? []).flatMap((one) => ('CaseWhen' in one ? [one.CaseWhen] : [])).map(({ expr, result }) => {
      const test = inner(expr)
      const when: Expression = subject === undefined ? test : { kind: 'operator', name: '=', left: subject, right: test }
      return { when, result: inner(result) }
    })
    return { kind: 'case', branches, otherwise: defresult === undefined ? nullConstant : inner(defresult) }
  }
  if ('CoalesceExpr' in node) return { kind: 'coalesce', args: all(node.CoalesceExpr.args) }
  if ('MinMaxExpr' in node) {
    return { kind: 'extreme', isGreatest: node.MinMaxExpr.op === 'IS_GREATEST', args: all(node.MinMaxExpr.args) }
  }
  if ('A_ArrayExpr' in node) return { kind: 'array', elements: all(node.A_ArrayExpr.elements) }
  if ('RowExpr' in node) return { kind: 'row', args: all(node.RowExpr.args) }
  return unknown(Object.keys(node)[0] ?? 'something')
}

const nullConstant: Expression = { kind: 'constant', text: null, type: undefined }

function unknown(what: string): Expression {
  return { kind: 'unknown', what }
}

/** The parser leaves out what is zero, false or empty. */
function constant(value: A_Const): Expression {
  const literal = (text: string, type?: string): Expression => ({ kind: 'constant', text, type })
  if (value.isnull === true) return nullConstant
  if (value.ival !== undefined) return literal(String(value.ival.ival ?? 0), 'int4')
  if (value.fval !== undefined) return literal(value.fval.fval ?? '0', 'numeric')
  if (value.boolval !== undefined) return literal(value.boolval.boolval === true ? 't' : 'f', 'bool')
  if (value.sval !== undefined) return literal(value.sval.sval ?? '')
  return unknown('a bit string')
}

function cast({ arg, typeName }: TypeCast, replaced: Replaced): Expression {
  const of = toExpression(arg, replaced)
  const name = names(typeName?.names).at(-1) ?? ''
  const isArray = (typeName?.arrayBounds ?? []).length > 0
  if (of.kind === 'constant') {
    if (isArray && of.text !== null) {
      const elements = arrayElements(of.text)
      const element = (text: string | null): Expression => ({ kind: 'constant', text, type: name })
      return elements === undefined ? unknown('an array of arrays') : { kind: 'array', elements: elements.map(element) }
    }
    if (isShortened(of.text, name, typeName)) return unknown(`a cast to ${name} with a length`)
    return { ...of, type: name }
  }
  // The elements say themselves what they are.
  if (isArray && of.kind === 'array') return of
  return isArray ? unknown('a cast to an array') : { kind: 'cast', to: name, of }
}

/** A cast may cut a literal: `'abc'::char(2)`, `1.5::integer`. */
function isShortened(text: string | null, name: string, typeName: TypeName | undefined): boolean {
  if (text === null) return false
  if (/^int[248]$/.test(name)) return !/^-?\d+$/.test(text)
  const [modifier] = typeName?.typmods ?? []
  if (modifier === undefined) return name === 'date' && /[ T]/.test(text.trim())
  const length = 'A_Const' in modifier ? (modifier.A_Const.ival?.ival ?? 0) : 0
  return !/^(?:varchar|bpchar)$/.test(name) || text.length > length
}

function operation({ kind, name, lexpr, rexpr }: A_Expr, replaced: Replaced): Expression {
  const operator = names(name).at(-1) ?? ''
  const left = lexpr === undefined ? undefined : toExpression(lexpr, replaced)
  const right = toExpression(rexpr, replaced)
  if (kind === 'AEXPR_OP') return { kind: 'operator', name: operator === '!=' ? '<>' : operator, left, right }
  if (left === undefined) return unknown('an operator')
  switch (kind) {
    case 'AEXPR_OP_ANY':
      return { kind: 'any', name: operator, left, right }
    case 'AEXPR_OP_ALL':
      return { kind: 'all', name: operator, left, right }
    case 'AEXPR_DISTINCT':
      return { kind: 'distinct', isNot: false, left, right }
    case 'AEXPR_NOT_DISTINCT':
      return { kind: 'distinct', isNot: true, left, right }
    case 'AEXPR_NULLIF':
      return { kind: 'nullif', left, right }
    default:
      return unknown(kind ?? 'an operator')
  }
}

const clocks = new Set(['now', 'transaction_timestamp', 'statement_timestamp', 'clock_timestamp'])

function call({ funcname }: FuncCall, args: readonly Expression[]): Expression {
  const name = names(funcname).at(-1) ?? ''
  return clocks.has(name) ? { kind: 'clock', isDate: false } : { kind: 'call', name, args }
}

function valueFunction({ op = 'SVFOP_CURRENT_DATE' }: SQLValueFunction): Expression {
  if (op === 'SVFOP_CURRENT_DATE') return { kind: 'clock', isDate: true }
  return op.includes('TIMESTAMP') ? { kind: 'clock', isDate: false } : unknown(op.replace('SVFOP_', ''))
}

function names(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).map((node) => ('String' in node ? (node.String.sval ?? '') : ''))
}
