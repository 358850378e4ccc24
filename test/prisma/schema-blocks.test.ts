import { describe, expect, it } from 'vitest'
import { readSchemaBlocks } from '../../src/prisma/schema-blocks.ts'

describe('readSchemaBlocks', () => {
  it('reads keyword, name and properties in their order', () => {
    const blocks = readSchemaBlocks(schema)
    expect(blocks.map((block) => [block.keyword, block.name])).toEqual([
      ['datasource', 'db'],
      ['generator', 'client'],
      ['model', 'User'],
      ['enum', 'Role'],
    ])
    expect(blocks[0]?.properties.map(({ name, valueText }) => [name, valueText])).toEqual([
      ['provider', '"postgresql"'],
      ['url', 'env("DATABASE_URL")'],
      ['schemas', '["public", // the default\n    "audit"]'],
    ])
    expect(blocks[1]?.properties.map(({ name }) => name)).toEqual(['provider', 'previewFeatures'])
    expect(blocks[2]?.properties).toEqual([])
  })

  it('gives offsets that cut the property out of the text', () => {
    const url = readSchemaBlocks(schema)[0]?.properties[1]
    expect(schema.slice(url?.start, url?.end)).toBe('url      = env("DATABASE_URL")')
    const [block] = readSchemaBlocks(schema)
    expect(schema.slice(block?.start, block?.end)).toMatch(/^datasource db \{[\s\S]*\}$/)
  })

  it('does not see blocks, braces and properties in comments or strings', () => {
    const text = '// model A {\n/* model B {\n} */\ngenerator g {\n  // url = "x"\n  output = "a } // \\" b" // }\n}\nmodel C {}'
    expect(readSchemaBlocks(text).map(({ name }) => name)).toEqual(['g', 'C'])
    expect(readSchemaBlocks(text)[0]?.properties.map(({ valueText }) => valueText)).toEqual(['"a } // \\" b"'])
  })

  it('survives an empty value, Windows line ends, one line and a missing brace', () => {
    expect(properties('datasource db {\r\n  url =\r\n  provider = "postgresql"\r\n}')).toEqual([
      ['url', ''],
      ['provider', '"postgresql"'],
    ])
    expect(properties('datasource db { provider = "postgresql" }')).toEqual([['provider', '"postgresql"']])
    expect(properties('datasource db {\n url = "open\n provider = "x"')).toEqual([
      ['url', '"open'],
      ['provider', '"x"'],
    ])
  })
})

const schema = `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL") // set in .env
  schemas  = ["public", // the default
    "audit"]
}

generator client {
  provider        = "prisma-client"
  previewFeatures = ["metrics"]
}

/// model Old {
model User {
  id   Int    @id
  data String @default("}")
}

enum Role { ADMIN }
`

function properties(text: string): readonly (readonly [string, string])[] {
  return (readSchemaBlocks(text)[0]?.properties ?? []).map(({ name, valueText }) => [name, valueText] as const)
}
