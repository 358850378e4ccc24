import { describe, expect, it } from 'vitest'
import { checkExpressions, enclose, readExpression } from '../../src/author/expressions.ts'
import { noAnswers } from '../../src/author/answers.ts'
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

  it.each([['1 +'], ['1) ; DROP TABLE x; SELECT (1'], [''], ['a b'], ["'open"], ['1), (2'], ['7) WHERE (true'], ['1; --'], ['1 /*']])(
    'refuses %j, which is no expression, and names the flag',
    async (expression) => {
      const failure = await failureOf(() => readExpression(expression, '--fill A.b'))
      expect(failure.code).toBe('AUTHOR_EXPRESSION_INVALID')
      expect(failure.message).toContain('--fill A.b')
    },
  )
})

it('checks what is filled in as it checks what is cast', async () => {
  const fill = { 'C.o': `7); DELETE FROM "C" WHERE id = 3; --` }
  const failure = await failureOf(() => checkExpressions({ ...noAnswers, fill }))
  expect([failure.code, failure.message]).toEqual(['AUTHOR_EXPRESSION_INVALID', expect.stringContaining('--fill C.o')])
  await checkExpressions({ ...noAnswers, fill: { 'C.o': 'none' }, cast: { 'C.p': '1 -- one' } })
})

it('ends the line of a comment before what follows', () => {
  expect([enclose('a + 1'), enclose('a -- b')]).toEqual(['(a + 1)', '(a -- b\n)'])
})
