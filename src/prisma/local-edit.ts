import { logicalLines } from './schema-attributes.ts'
import { readSchemaBlocks } from './schema-blocks.ts'
import type { SchemaText } from './schema-text.ts'

/** The parts of two schemas that decide what differs between the whole of them. */
export interface LocalEdit {
  readonly before: SchemaText
  readonly after: SchemaText
}

/**
 * Cuts two schemas down to the models that an edit touched, where it touched nothing but columns, indexes and enums:
 * between those parts the engine finds the difference of the whole schemas, without reading seventy other models.
 * Relations are left out on both sides, so that no other model is needed; an edit of one, of its keys, of names in the
 * database, or of which models there are, is not local.
 * @returns undefined where the edit is not local; it judges nothing: the whole schema must be checked besides
 */
export function readLocalEdit(before: SchemaText, after: SchemaText): LocalEdit | undefined {
  const old = readParts(before)
  const now = readParts(after)
  if (old === undefined || now === undefined || !isSameHouse(old, now)) return undefined
  const linked = new Set([...old.linked, ...now.linked])
  const changed: string[] = []
  for (const [name, text] of old.models) {
    const other = now.models.get(name)
    if (other === undefined) return undefined
    if (text === other) continue
    if (!editedLines(text, other).every((line) => isLocal(line, old, linked))) return undefined
    changed.push(name)
  }
  const enums = [...new Set([...old.enums.keys(), ...now.enums.keys()])]
  const changedEnums = enums.filter((name) => old.enums.get(name) !== now.enums.get(name))
  const users = [...old.models].filter(([, text]) => changedEnums.some((name) => text.includes(name)))
  const kept = new Set([...changed, ...users.map(([name]) => name)])
  return { before: cutDown(old, kept), after: cutDown(now, kept) }
}

/** A schema's blocks, told apart. Texts as written. */
interface Parts {
  /** `datasource` and `generator`. */
  readonly settings: readonly string[]
  /** Views, by name: the engine makes none, and drops none. */
  readonly views: ReadonlyMap<string, string>
  readonly models: ReadonlyMap<string, string>
  readonly enums: ReadonlyMap<string, string>
  /** Names of fields that hold or are a key of some relation. */
  readonly linked: ReadonlySet<string>
}

/** Undefined for what PostgreSQL's schemas do not have, or a name that is there twice. */
function readParts(schema: SchemaText): Parts | undefined {
  const settings: string[] = []
  const views = new Map<string, string>()
  const models = new Map<string, string>()
  const enums = new Map<string, string>()
  const linked = new Set<string>()
  for (const { text } of schema.files) {
    for (const [, names = ''] of text.matchAll(relationKeys)) for (const name of names.match(word) ?? []) linked.add(name)
    for (const { keyword, name, start, end } of readSchemaBlocks(text)) {
      const block = text.slice(start, end)
      if (keyword === 'datasource' || keyword === 'generator') settings.push(block)
      else if (keyword === 'view' && !views.has(name)) views.set(name, block)
      else if (keyword === 'model' && !models.has(name)) models.set(name, block)
      else if (keyword === 'enum' && !enums.has(name)) enums.set(name, block)
      else return undefined
    }
  }
  return { settings, views, models, enums, linked }
}

const relationKeys = /\b(?:fields|references)\s*:\s*\[([^\]]*)\]/g
const word = /[\p{L}\p{N}_]+/gu

function isSameHouse(old: Parts, now: Parts): boolean {
  const same = (one: readonly string[], other: readonly string[]): boolean =>
    one.length === other.length && one.every((text, place) => text === other[place])
  return (
    same(old.settings, now.settings) &&
    same([...old.views.values()], [...now.views.values()]) &&
    old.models.size === now.models.size
  )
}

/** The lines that only one of the two has. */
function editedLines(one: string, other: string): readonly string[] {
  const before = new Set(linesOf(one))
  const after = new Set(linesOf(other))
  return [...[...before].filter((line) => !after.has(line)), ...[...after].filter((line) => !before.has(line))]
}

function isLocal(line: string, parts: Parts, linked: ReadonlySet<string>): boolean {
  if (line.startsWith('@@')) return /^@@(?:index|unique)\b/.test(line)
  return !isRelation(line, parts) && !linked.has(readHead(line).name) && !/@id\b/.test(line)
}

function isRelation(line: string, { models, views }: Parts): boolean {
  const { type } = readHead(line)
  return models.has(type) || views.has(type)
}

function cutDown(parts: Parts, kept: ReadonlySet<string>): SchemaText {
  const models = [...parts.models].filter(([name]) => kept.has(name))
  const cut = models.map(([name, text]) => {
    const lines = linesOf(text).filter((line) => line.startsWith('@@') || !isRelation(line, parts))
    return `model ${name} {\n${lines.join('\n')}\n}`
  })
  return { files: [{ path: 'schema.prisma', text: [...parts.settings, ...parts.enums.values(), ...cut].join('\n') }] }
}

function linesOf(block: string): readonly string[] {
  return logicalLines(block.slice(block.indexOf('{') + 1, block.lastIndexOf('}')))
}

function readHead(line: string): { readonly name: string; readonly type: string } {
  const [name = '', type = ''] = line.match(word) ?? []
  return { name, type }
}
