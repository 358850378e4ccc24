import { parse } from '@humanwhocodes/momoa'
import type { MemberNode, ObjectNode, ValueNode } from '@humanwhocodes/momoa'
import { referenceSyntax } from './errors.ts'
import type { DeclaredFile, DeclaredRow, DeclaredValue } from './declared.ts'
import { readSettings } from './reference-settings.ts'
import { shareNames } from './share-names.ts'

/**
 * Reads reference data from JSON: a list of rows, or `{ "key": [...], "removed": "delete", "rows": [...] }`.
 * Numbers are kept as they are written.
 * @throws SEED_REFERENCE_SYNTAX with line and column
 */
export function readJson(path: string, model: string, text: string): DeclaredFile {
  const body = parseText(path, text)
  const { rows, settings } = body.type === 'Object' ? splitDefinition(path, body) : { rows: body, settings: {} }
  if (rows.type !== 'Array') throw wrongKind(path, rows, 'The rows must be a list')
  const share = shareNames()
  return {
    path,
    text,
    format: 'json',
    model,
    ...readSettings(path, settings, body.loc.start.line),
    rows: rows.elements.map(({ value }): DeclaredRow => {
      if (value.type !== 'Object') throw wrongKind(path, value, 'Each row must be an object')
      const names = share(value.members.map((member) => checkedName(path, value, member)))
      return { names, values: value.members.map((member) => toValue(text, member.value)), line: value.loc.start.line }
    }),
  }
}

function parseText(path: string, text: string): ValueNode {
  try {
    return parse(text.replace(/^\uFEFF/, ''), { mode: 'json' }).body
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const { line, column } = error as Error & { readonly line?: number; readonly column?: number }
    throw referenceSyntax(path, error.message.replace(/ ?\(\d+:\d+\)\.?$/, '.').replace(/\.+$/, '.'), line ?? 1, column)
  }
}

function splitDefinition(path: string, body: ObjectNode) {
  const settings: Record<string, unknown> = {}
  let rows: ValueNode = body
  for (const { name, value } of body.members) {
    const key = nameOf(name)
    if (key === 'rows') rows = value
    else settings[key] = value.type === 'Array' ? value.elements.map((one) => plain(one.value)) : plain(value)
  }
  if (rows === body) throw wrongKind(path, body, 'The file must be a list of rows, or an object with "rows"')
  return { rows, settings }
}

function plain(node: ValueNode): unknown {
  return node.type === 'String' ? node.value : undefined
}

function checkedName(path: string, row: ObjectNode, member: MemberNode): string {
  const name = nameOf(member.name)
  if (row.members.find((other) => nameOf(other.name) === name) === member) return name
  throw referenceSyntax(path, `The row has ${name} twice.`, member.loc.start.line, member.loc.start.column)
}

function nameOf(name: MemberNode['name']): string {
  return name.type === 'String' ? name.value : name.name
}

function toValue(text: string, node: ValueNode): DeclaredValue {
  const { start, end } = node.loc
  const source = text.slice(start.offset, end.offset)
  const place = { line: start.line, column: start.column }
  const simple = { items: [], members: new Map<string, DeclaredValue>(), json: source, ...place }
  switch (node.type) {
    case 'Null':
      return null
    case 'String':
      return { kind: 'text', ...simple, text: node.value }
    case 'Array':
      return { kind: 'list', ...simple, text: '', items: node.elements.map(({ value }) => toValue(text, value)) }
    case 'Object':
      return {
        kind: 'object',
        ...simple,
        text: '',
        members: new Map(node.members.map(({ name, value }) => [nameOf(name), toValue(text, value)])),
      }
    default:
      return { kind: 'text', ...simple, text: source }
  }
}

function wrongKind(path: string, node: ValueNode, what: string): Error {
  const kind = node.type.toLowerCase()
  return referenceSyntax(path, `${what}, not ${kind === 'null' ? 'null' : `a JSON ${kind}`}.`, node.loc.start.line, node.loc.start.column)
}
