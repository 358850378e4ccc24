import { describe, expect, it } from 'vitest'
import { differenceScript } from '../../src/prisma/engine.ts'
import { prepareSchema } from '../../src/prisma/schema-text.ts'

describe('prepareSchema', () => {
  it('blanks the URLs of a Prisma 6 datasource and keeps every other character where it was', () => {
    const text = `datasource db {
  provider          = "postgresql"
  url               = env("DATABASE_URL") // the pool
  directUrl         = env("DIRECT_URL")
  shadowDatabaseUrl = "postgresql://localhost/shadow" /* a } brace */
}
`
    const prepared = prepared1(text)
    expect(prepared).toBe(`datasource db {
  provider          = "postgresql"
                                          // the pool
                                       
                                                      /* a } brace */
}
`.replace(/^ {39}$/m, ' '.repeat(39)))
    expect(prepared.length).toBe(text.length)
  })

  it('leaves a URL alone that stands in a comment, a string or a model', () => {
    const text = `// url = env("A")
datasource db {
  provider = "postgresql"
  // url = env("B")
}
generator client {
  provider = "prisma-client"
  output   = "../url = generated"
}
model Link {
  id  Int    @id
  url String @default("url = env(\\"C\\")")
}
`
    expect(prepared1(text)).toBe(text)
  })

  it('keeps the preview features that change the schema and leaves out those that the engine no longer knows', () => {
    const text = `generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["metrics", "postgresqlExtensions", "tracing"] // soon
}
`
    const prepared = prepared1(text)
    expect(prepared).toContain('previewFeatures = [           "postgresqlExtensions"           ] ')
    expect(prepared.length).toBe(text.length)
    expect(prepared.split('\n').map((line) => line.length)).toEqual(text.split('\n').map((line) => line.length))
    expect(prepared.indexOf('// soon')).toBe(text.indexOf('// soon'))
    const known = 'generator client {\n  provider = "prisma-client"\n  previewFeatures = ["views", "partialIndexes"]\n}\n'
    expect(prepared1(known)).toBe(known)
  })

  it('keeps Windows line ends and lists over several lines', () => {
    const text = 'generator g {\r\n  previewFeatures = [\r\n    "metrics",\r\n    "views"\r\n  ]\r\n  provider = "prisma-client"\r\n}\r\n'
    const prepared = prepared1(text)
    expect(prepared.match(/\r\n/g)?.length).toBe(text.match(/\r\n/g)?.length)
    expect(prepared.indexOf('provider')).toBe(text.indexOf('provider'))
    expect(prepared).toContain('previewFeatures = [\r\n              \r\n    "views"\r\n  ]')
  })

  it('makes the engine take what it refuses', async () => {
    const text = `datasource db {
  provider     = "postgresql"
  url          = env("DATABASE_URL")
  directUrl    = env("DIRECT_URL")
}
generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["metrics", "nativeDistinct"]
}
model User {
  id Int @id
}
`
    const refused = differenceScript({ kind: 'nothing' }, { files: [{ path: 'schema.prisma', text }] })
    await expect(refused).rejects.toMatchObject({ code: 'PRISMA_SCHEMA_INVALID' })
    const script = await differenceScript({ kind: 'nothing' }, prepareSchema([{ path: 'schema.prisma', text }]))
    expect(script).toContain('CREATE TABLE "User"')
  })

  it('prepares each file of a folder by itself', () => {
    const files = [
      { path: 'prisma/schema/a.prisma', text: 'datasource db {\n  url = "x"\n}' },
      { path: 'prisma/schema/b.prisma', text: 'model A {\n  url String @id\n}' },
    ]
    expect(prepareSchema(files).files).toEqual([
      { path: 'prisma/schema/a.prisma', text: 'datasource db {\n           \n}' },
      files[1],
    ])
  })
})

function prepared1(text: string): string {
  return prepareSchema([{ path: 'schema.prisma', text }]).files[0]?.text ?? ''
}
