import { readSchemaBlocks } from './schema-blocks.ts'

/** One file of a schema. */
export interface SchemaFile {
  readonly path: string
  readonly text: string
}

/** A schema as Prisma 7's engine accepts it: positions equal those of the user's files. */
export interface SchemaText {
  readonly files: readonly SchemaFile[]
}

/**
 * Blanks out what a Prisma 6 schema may hold and the 7.10 engine refuses: connection URLs in the
 * datasource, and preview features it no longer knows. Only in the text handed to the engine,
 * never in the user's file; blanks keep every line and column where it was.
 */
export function prepareSchema(files: readonly SchemaFile[]): SchemaText {
  return { files: files.map((file) => ({ path: file.path, text: prepareText(file.text) })) }
}

function prepareText(text: string): string {
  let prepared = text
  for (const block of readSchemaBlocks(text)) {
    for (const { name, start, end } of block.properties) {
      const original = text.slice(start, end)
      prepared = prepared.slice(0, start) + prepareProperty(block.keyword, name, original) + prepared.slice(end)
    }
  }
  return prepared
}

const urlProperties = new Set(['url', 'directUrl', 'shadowDatabaseUrl'])

/** In the space of `original`, its line breaks kept. */
function prepareProperty(keyword: string, name: string, original: string): string {
  if (keyword === 'datasource' && urlProperties.has(name)) return blank(original)
  return keyword === 'generator' && name === 'previewFeatures' ? blankUnknown(original) : original
}

/** The preview features that change what the engine makes of a schema; others concern the client alone. */
const migrationFeatures = new Set(['postgresqlExtensions', 'views', 'partialIndexes'])

/** Blanks the names in a list that are unknown, and the commas that nothing needs then. */
function blankUnknown(original: string): string {
  let isKept = false
  let position = 0
  const names = [...original.matchAll(feature)].flatMap(([, name]) => name ?? [])
  const features = names.map((name) => migrationFeatures.has(name))
  return original.replaceAll(featureOrComma, (token) => {
    if (token.startsWith('/')) return token
    if (token === ',') return isKept && features[position] === true ? token : blank(token)
    const isKnown = features[position++] === true
    isKept ||= isKnown
    return isKnown ? token : blank(token)
  })
}

const comment = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`
const feature = new RegExp(String.raw`(?:${comment})|"([^"]*)"`, 'g')
const featureOrComma = new RegExp(String.raw`${comment}|"[^"]*"|,`, 'g')

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ')
}
