import { describe, expect, it } from 'vitest'
import { placeEnumValues } from '../../../src/author/mends/enum-position.ts'
import { readDataModel } from '../../../src/prisma/data-model.ts'
import { factsOf, operationsOf, sqlOf } from '../../support/plan-state.ts'
import { carryOut, schemaOf } from '../../support/schema-edit.ts'

describe('placeEnumValues', () => {
  it.each([
    [['A', 'N', 'B'], [`ALTER TYPE "E" ADD VALUE 'N' AFTER 'A'`]],
    [['N', 'A', 'B'], [`ALTER TYPE "E" ADD VALUE 'N' BEFORE 'A'`]],
    [['A', 'B', 'N'], [`ALTER TYPE "E" ADD VALUE 'N'`]],
  ])('puts a value where the schema %j has it', async (declared, sql) => {
    expect(await placed(declared, `ALTER TYPE "E" ADD VALUE 'N'`)).toEqual(sql)
  })

  it('counts on those that were added just before', async () => {
    expect(await placed(['N', 'M', 'A', 'O', 'B'], ['N', 'M', 'O'].map((value) => `ALTER TYPE "E" ADD VALUE '${value}'`).join(';'))).toEqual([
      `ALTER TYPE "E" ADD VALUE 'N' BEFORE 'A'`,
      `ALTER TYPE "E" ADD VALUE 'M' AFTER 'N'`,
      `ALTER TYPE "E" ADD VALUE 'O' AFTER 'A'`,
    ])
  })

  it('leaves a value alone that is there already, and an enum of which nothing is known', async () => {
    expect(await placed(['B', 'A'], `ALTER TYPE "E" ADD VALUE 'A'`)).toEqual([`ALTER TYPE "E" ADD VALUE 'A'`])
    expect(await placed(['N'], `ALTER TYPE "Other" ADD VALUE 'N'`)).toEqual([`ALTER TYPE "Other" ADD VALUE 'N'`])
  })

  it('makes ORDER BY follow the schema, labels with quotes and @map included', async () => {
    const model = 'model T {\n  id Int @id\n  e E\n}\n'
    const { connection, left } = await carryOut({
      before: `${model}enum E {\n  LOW\n  HIGH @map("so high")\n  @@map("my E")\n}`,
      after: `${model}enum E {\n  NONE\n  LOW\n  MIDDLE @map("in between")\n  HIGH @map("so high")\n  TOP\n  @@map("my E")\n}`,
    })
    const { rows } = await connection.query<{ values: string }>('SELECT enum_range(NULL::"my E")::text AS values')
    expect(rows[0]?.values).toBe('{NONE,LOW,"in between","so high",TOP}')
    expect(left).toBe('')
  })
})

async function placed(declared: readonly string[], sql: string): Promise<readonly string[]> {
  const model = readDataModel(schemaOf(`enum E {\n${declared.join('\n')}\n}`))
  return sqlOf(placeEnumValues(await operationsOf(sql), factsOf({}, { E: ['A', 'B'] }), model))
}
