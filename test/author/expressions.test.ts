import { describe, expect, it } from 'vitest'
import { readExpression } from '../../src/author/expressions.ts'
import { failureOf } from '../support/failure.ts'

describe('readExpression', () => {
  it('finds sub-selects and the tables that they read', async () => {
    expect(await readExpression('"a" || \'(SELECT 1 FROM x)\'', '--fill A.b')).toEqual({ hasSubselect: false, tables: [] })
    const expression = '(SELECT id FROM "Org" o JOIN s.t ON true WHERE EXISTS (SELECT 1 FROM u))'
    const { hasSubselect, tables } = await readExpression(expression, '--fill A.b')
    expect([hasSubselect, tables.toSorted()]).toEqual([true, ['Org', 't', 'u']])
    expect((await readExpression('ARRAY(SELECT 1)', '--cast A.b')).hasSubselect).toBe(true)
  })

  it('takes a comment at the end for what it is', async () => {
    expect(await readExpression('1 -- one', '--fill A.b')).toEqual({ hasSubselect: false, tables: [] })
  })

  it.each([['1 +'], ['1) ; DROP TABLE x; SELECT (1'], [''], ['a b'], ["'open"]])(
    'refuses %j, which is no expression, and names the flag',
    async (expression) => {
      const failure = await failureOf(() => readExpression(expression, '--fill A.b'))
      expect(failure.code).toBe('AUTHOR_EXPRESSION_INVALID')
      expect(failure.message).toContain('--fill A.b')
    },
  )
})
