import { expect, it } from 'vitest'
import { parseDirectives, renderDirective } from '../../src/history/directives.ts'
import { failureOf } from '../support/failure.ts'

it('reads words, values and quoted values', () => {
  expect(
    parseDirectives(
      [
        '-- tide: rename User.name:fullName Role.OLD:NEW',
        String.raw`--tide: fill User.first="split_part(\"fullName\", ' ', 1)" User.age=0`,
        '-- tide: allow drop-column reason="archived, see ticket"',
        'DROP TABLE x;',
      ].join('\n'),
      'migration.sql',
    ),
  ).toEqual([
    { verb: 'rename', words: ['User.name:fullName', 'Role.OLD:NEW'], values: {}, line: 1 },
    { verb: 'fill', words: [], values: { 'User.first': `split_part("fullName", ' ', 1)`, 'User.age': '0' }, line: 2 },
    { verb: 'allow', words: ['drop-column'], values: { reason: 'archived, see ticket' }, line: 3 },
  ])
})

it('reads a verb that has a value of its own', () => {
  const [directive] = parseDirectives('-- tide: phase=contract after=2026_split', 'f')
  expect(directive).toEqual({ verb: 'phase', words: [], values: { phase: 'contract', after: '2026_split' }, line: 1 })
})

it('steps over blank lines, other comments and the warnings that Prisma writes', () => {
  const sql = '\r\n/*\r\n  Warnings:\r\n\r\n  - You are about to drop; -- tide: nonsense\r\n*/\r\n-- RenameField\r\n-- tide: delete User.old\r\n'
  expect(parseDirectives(sql, 'f').map(({ verb, line }) => [verb, line])).toEqual([['delete', 8]])
})

it('ends with the first statement', () => {
  expect(parseDirectives('SELECT 1;\n-- tide: nonsense', 'f')).toEqual([])
})

it('refuses a verb that nobody knows, with the line and the nearest one', async () => {
  const failure = await failureOf(() => parseDirectives('-- a\n-- tide: renmae A.b:c', 'x/migration.sql'))
  expect(failure.code).toBe('HISTORY_DIRECTIVE_UNKNOWN')
  expect(failure.details).toMatchObject({
    message: 'x/migration.sql:2 has a directive that Tide does not know: "renmae".',
    fix: 'Did you mean "-- tide: rename"?',
    where: { file: 'x/migration.sql', line: 2 },
  })
})

it.each([
  ['a quote that does not end', '-- tide: fill A.b="x'],
  ['text glued to a quote', '-- tide: fill A.b="x"y'],
  ['a value with spaces and no quotes', "-- tide: fill A.b=a || ' ' || b"],
  ['the same key twice', '-- tide: fill A.b=1 A.b=2'],
  ['an incomplete without its reason', '-- tide: incomplete'],
  ['an allow with a blank reason', '-- tide: allow lossy reason="  "'],
])('refuses %s', async (_, sql) => {
  expect((await failureOf(() => parseDirectives(sql, 'f'))).code).toBe('HISTORY_DIRECTIVE_INVALID')
})

it('reads back what it renders', () => {
  const directives = [
    { verb: 'rename', words: ['A.b:c'], values: {} },
    { verb: 'phase', words: [], values: { phase: 'contract', after: '2026 a' } },
    { verb: 'cast', words: [], values: { 'A.b': String.raw`E'\\n "x" = \' || "b"` + '\n::text', 'A.c': '' } },
    { verb: 'incomplete', words: [], values: { reason: 'raw UPDATE, line 3' } },
  ] as const
  for (const directive of directives) {
    const line = renderDirective(directive)
    expect(line).not.toContain('\n')
    expect(parseDirectives(line, 'f')).toEqual([{ ...directive, line: 1 }])
  }
  expect(renderDirective(directives[0])).toBe('-- tide: rename A.b:c')
  expect(renderDirective(directives[3])).toBe('-- tide: incomplete reason="raw UPDATE, line 3"')
})
