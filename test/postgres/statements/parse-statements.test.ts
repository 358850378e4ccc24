import { describe, expect, test } from 'vitest'
import { parseStatements } from '../../../src/postgres/statements/parse-statements.ts'
import { failureOf } from '../../support/failure.ts'

describe('parseStatements', () => {
  test('gives text, kind and place of each statement, without comments between them', async () => {
    const statements = await parseStatements('-- first\nSELECT 1;;\n  /* second */ DROP TABLE "é" ;', 'a.sql')

    expect(statements.map(({ text, kind, line, column }) => ({ text, kind, line, column }))).toEqual([
      { text: 'SELECT 1', kind: 'SelectStmt', line: 2, column: 1 },
      { text: 'DROP TABLE "é"', kind: 'DropStmt', line: 3, column: 16 },
    ])
  })

  test('counts characters where the parser counts bytes', async () => {
    const sql = "SELECT 'é', '🐘🐘';\n/* 🐘 */ SELECT '漢字' ; SELECT 2"

    const statements = await parseStatements(sql, 'a.sql')

    expect(statements.map(({ text, column }) => [text, column])).toEqual([
      ["SELECT 'é', '🐘🐘'", 1],
      ["SELECT '漢字'", 9],
      ['SELECT 2', 23],
    ])
    for (const { start, text } of statements) expect(sql.slice(start, start + text.length)).toBe(text)
  })

  test('keeps a dollar-quoted body and a semicolon in a literal together', async () => {
    const body = 'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$'

    const statements = await parseStatements(`${body};\nSELECT ';'`, 'a.sql')

    expect(statements.map(({ text }) => text)).toEqual([body, "SELECT ';'"])
  })

  test.each([['', 0], ['  \n', 0], ['-- only a comment', 0], [';;', 0]])('finds nothing in %j', async (sql, count) => {
    expect(await parseStatements(sql, 'a.sql')).toHaveLength(count)
  })

  test('names file, line and column of a syntax error and puts a caret under it', async () => {
    const failure = await failureOf(() => parseStatements("SELECT '🐘';\n\tALTER TABLE t ADD COLUM é int;", 'a.sql'))

    expect(failure.code).toBe('STATEMENT_SYNTAX')
    expect(failure.message).toBe('The SQL in a.sql cannot be parsed: syntax error at or near "int".')
    expect(failure.details.where).toEqual({
      file: 'a.sql',
      line: 2,
      column: 28,
      excerpt: ["1 | SELECT '🐘';", '2 | \tALTER TABLE t ADD COLUM é int;', `  | \t${' '.repeat(26)}^`].join('\n'),
    })
  })

  test('shows the neighbourhood of an error in a very long line', async () => {
    const failure = await failureOf(() => parseStatements(`SELECT ${'1, '.repeat(200)} FROM FROM`, 'a.sql'))

    const [line = '', caret = ''] = failure.details.where?.excerpt?.split('\n') ?? []
    expect(line.length).toBeLessThan(110)
    expect(line.slice(caret.indexOf('^'))).toBe('FROM FROM')
  })

  test('refuses a NUL character, which the parser would take for the end', async () => {
    const failure = await failureOf(() => parseStatements('SELECT 1;\n\0 DROP', 'a.sql'))

    expect(failure.details.where).toMatchObject({ line: 2, column: 1 })
  })

  test("says that psql's commands are no SQL", async () => {
    expect((await failureOf(() => parseStatements('\\connect other', 'a.sql'))).details.why).toMatch(/psql/)
  })
})
