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
    for (const property of block.properties) {
      const replacement = replacementFor(block.keyword, property.name, property.valueText)
      if (replacement === undefined) continue
      const { start, end } = property
      prepared = prepared.slice(0, start) + fill(text.slice(start, end), replacement) + prepared.slice(end)
    }
  }
  return prepared
}

const urlProperties = new Set(['url', 'directUrl', 'shadowDatabaseUrl'])

function replacementFor(keyword: string, name: string, valueText: string): string | undefined {
  if (keyword === 'datasource' && urlProperties.has(name)) return ''
  if (keyword !== 'generator' || name !== 'previewFeatures') return undefined
  const features = [...valueText.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '')
  const known = features.filter((feature) => migrationFeatures.has(feature))
  return known.length === features.length ? undefined : `previewFeatures = [${known.map((name) => `"${name}"`).join(', ')}]`
}

/** The preview features that change what the engine makes of a schema; others concern the client alone. */
const migrationFeatures = new Set(['postgresqlExtensions', 'views', 'partialIndexes'])

/** `replacement` in the space of `original`, its line breaks kept. It is never longer: it only leaves names out. */
function fill(original: string, replacement: string): string {
  const rest = original.slice(replacement.length).replaceAll(/[^\r\n]/g, ' ')
  return replacement + rest
}
