import { describe, expect, it } from 'vitest'
import { differenceScript } from '../../src/prisma/engine.ts'
import { prepareSchema, type SchemaText } from '../../src/prisma/schema-text.ts'

describe('differenceScript', () => {
  it('gives a panic of the engine as a failure, and works again afterwards', async () => {
    const from = { kind: 'schema', schema: users('sqlite') } as const
    await expect(differenceScript(from, users('postgresql'))).rejects.toMatchObject({ code: 'PRISMA_ENGINE_FAILED' })
    expect(await differenceScript({ kind: 'nothing' }, users('postgresql'))).toContain('CREATE TABLE "Session"')
  })
})

/** From one connector to another the engine panics: it does not look for such a thing. */
function users(provider: string): SchemaText {
  const text = `
datasource db {
  provider = "${provider}"
}

model User {
  id       String    @id
  sessions Session[]
}

model Session {
  id     String @id
  userId String
  user   User   @relation(fields: [userId], references: [id])
}
`
  return prepareSchema([{ path: 'schema.prisma', text }])
}
