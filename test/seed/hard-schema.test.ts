import { describe, expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { hardCases } from './hard-schema/hard-cases.ts'
import { judgeCase } from './hard-schema/judge-case.ts'

describe('with no configuration, 200 rows of every table', () => {
  test.for(hardCases)('$number $name', async (hard) => {
    expect(await judgeCase(await createTestDatabase('hard'), hard)).toEqual([])
  })
})
