import { createRequire } from 'node:module'
import { dirname, isAbsolute, join } from 'node:path'
import type { Generator, GeneratorConfig, DataSource } from '@prisma/generator'
import { explainEngineError } from './engine-errors.ts'
import { generatorFailed } from './errors.ts'
import { prepareSchema, type SchemaFile } from './schema-text.ts'

/** A client that was written, or a generator that was left to others. */
export interface GeneratedClient {
  readonly generator: string
  /** The folder that holds it; undefined where nothing was generated. */
  readonly output: string | undefined
  /** Why nothing was generated. */
  readonly skipped?: string
}

/**
 * Generates the Prisma Client in process, with Prisma's own generators of version 7.10.
 * Generators of others (ERD, zod, …) are left to `prisma generate` and named.
 * @param schemaPath the schema's root file, from which relative outputs count
 * @throws PRISMA_SCHEMA_INVALID, PRISMA_GENERATE_FAILED
 */
export async function generateClients(
  files: readonly SchemaFile[],
  schemaPath: string,
): Promise<readonly GeneratedClient[]> {
  const schema = readSchema(files)
  const results: GeneratedClient[] = []
  for (const generator of schema.generators) results.push(await generate(generator, schema, files, schemaPath))
  return results
}

/** Loads Prisma's generators, which takes longer than generating: to be called early, while other work goes on. */
export function preloadGenerators(files: readonly SchemaFile[]): void {
  for (const provider of Object.keys(generatorPackages)) {
    const isUsed = files.some((file) => file.text.includes(`"${provider}"`))
    if (isUsed) createGenerator(provider)
  }
}

const require = createRequire(import.meta.url)

interface ReadSchema {
  readonly generators: readonly GeneratorConfig[]
  readonly datasources: DataSource[]
  readonly dmmf: unknown
  readonly datamodel: string
}

/** Prisma's own parser, for the generators' settings and the document from which they write. */
function readSchema(files: readonly SchemaFile[]): ReadSchema {
  const prepared = prepareSchema(files)
  const datamodel = prepared.files.map((file): [string, string] => [file.path, file.text])
  const parser = require('@prisma/prisma-schema-wasm') as { get_config(input: string): string }
  const getDmmf = require('@prisma/get-dmmf') as typeof import('@prisma/get-dmmf')
  try {
    const input = { prismaSchema: datamodel, datasourceOverrides: {}, ignoreEnvVarErrors: true, env: {} }
    const { config } = JSON.parse(parser.get_config(JSON.stringify(input))) as {
      config: { generators: GeneratorConfig[]; datasources: DataSource[] }
    }
    const dmmf = getDmmf.getDMMF({ datamodel })
    if ('error' in dmmf) throw dmmf.error
    return { ...config, dmmf, datamodel: prepared.files.map((file) => file.text).join('\n') }
  } catch (error) {
    throw explainEngineError(error, prepared)
  }
}

async function generate(
  config: GeneratorConfig,
  schema: ReadSchema,
  files: readonly SchemaFile[],
  schemaPath: string,
): Promise<GeneratedClient> {
  const provider = config.provider.value ?? ''
  const generator = createGenerator(provider)
  if (generator === undefined) {
    return { generator: config.name, output: undefined, skipped: `the generator ${provider} is run by \`npx prisma generate\`` }
  }
  try {
    const output = outputOf(config, files)
    // Asked for its default, the generator that has none fails.
    const target = output ?? (provider === 'prisma-client' ? undefined : (await generator.getManifest(config)).defaultOutput)
    if (target === undefined) {
      return { generator: config.name, output: undefined, skipped: 'it names no `output`, which Prisma 7 needs' }
    }
    await generator.generate({
      generator: { ...config, output: { value: target, fromEnvVar: null }, isCustomOutput: output !== undefined },
      otherGenerators: schema.generators.filter((other) => other !== config),
      schemaPath,
      dmmf: schema.dmmf as Parameters<Generator['generate']>[0]['dmmf'],
      datasources: schema.datasources,
      datamodel: schema.datamodel,
      version: engineVersion(),
    })
    return { generator: config.name, output: target }
  } catch (error) {
    throw generatorFailed(config.name, error instanceof Error ? error.message : String(error))
  }
}

const generatorPackages: Readonly<Record<string, readonly [packageName: string, className: string]>> = {
  'prisma-client': ['@prisma/client-generator-ts', 'PrismaClientTsGenerator'],
  'prisma-client-js': ['@prisma/client-generator-js', 'PrismaClientJsGenerator'],
}

/** Loaded with `require`: the packages' ESM builds lack a file extension and fail. */
function createGenerator(provider: string): Generator | undefined {
  const entry = generatorPackages[provider]
  if (entry === undefined) return undefined
  type Constructors = Readonly<Record<string, (new (options: object) => Generator) | undefined>>
  const exported = (require(entry[0]) as Constructors)[entry[1]]
  return exported === undefined ? undefined : new exported({ cliCommand: 'prisma' })
}

/** A relative output counts from the file in which the generator stands. */
function outputOf(config: GeneratorConfig, files: readonly SchemaFile[]): string | undefined {
  const output = config.output?.value
  if (output === undefined || output === null) return undefined
  const source = files.find((file) => file.path === config.sourceFilePath)?.path ?? config.sourceFilePath
  return isAbsolute(output) ? output : join(dirname(source), output)
}

/** Written into the client for its messages; the hash of the engine that planned with the same schema language. */
function engineVersion(): string {
  const bindings = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const { version } = require(join(dirname(bindings), 'package.json')) as { version: string }
  return version.split('.').at(-1) ?? version
}
