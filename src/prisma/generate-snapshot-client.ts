import { join } from 'node:path'
import { generateClients } from './generate-client.ts'
import { readSchemaBlocks } from './schema-blocks.ts'

/**
 * Generates a Prisma Client from the text of one schema into a folder `client` beside it, whatever generators the
 * schema names: those write the client of the application.
 * @throws PRISMA_SCHEMA_INVALID, PRISMA_GENERATE_FAILED
 */
export async function generateSnapshotClient(directory: string, text: string): Promise<void> {
  const path = join(directory, 'schema.prisma')
  await generateClients([{ path, text: withOwnGenerator(text) }], path)
}

/** In the place of the others, so that lines of the models keep their numbers as far as can be. */
function withOwnGenerator(text: string): string {
  const generators = readSchemaBlocks(text).filter(({ keyword }) => keyword === 'generator')
  const features = generators.flatMap(({ properties }) =>
    properties.filter(({ name }) => name === 'previewFeatures').map(({ valueText }) => valueText),
  )
  let rest = text
  for (const { start, end } of generators.toReversed()) {
    rest = rest.slice(0, start) + text.slice(start, end).replaceAll(/[^\n]/g, ' ') + rest.slice(end)
  }
  const [preview] = features
  return `${rest}
generator tide {
  provider     = "prisma-client"
  output       = "./client"
  moduleFormat = "esm"
  ${preview === undefined ? '' : `previewFeatures = ${preview}`}
}
`
}
