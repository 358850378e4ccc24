import { describe, expect, it } from 'vitest'
import { failureOf } from '../support/failure.ts'
import { carryOut, planEdit, type SchemaEdit } from '../support/schema-edit.ts'

const model = (...fields: readonly string[]): string => `model U {\n  id Int @id\n  ${fields.join('\n  ')}\n}\n`
const role = (...values: readonly string[]): string => `enum Role {\n  ${values.join('\n  ')}\n}\n`

describe('what hangs on a column whose type changes', () => {
  it('is dropped before and created after, whether the change is answered, safe or that of an enum', async () => {
    const { plan, connection, left } = await carryOut({
      before: model('a String', 'b Int', 'r Role') + role('OLD', 'NEW'),
      after: model('a Int', 'b BigInt', 'r Role') + role('NEW'),
      answers: { cast: { 'U.a': 'a::int' }, map: { 'Role.OLD': 'NEW' } },
      byHand: `CREATE VIEW one AS SELECT a FROM "U"; CREATE VIEW two AS SELECT b, r FROM "U";
        CREATE MATERIALIZED VIEW three AS SELECT one.a, two.b FROM one, two; CREATE INDEX three_a ON three (a);
        COMMENT ON VIEW two IS 'kept'; CREATE UNIQUE INDEX old_once ON "U" (id) WHERE r = 'NEW';
        ALTER TABLE "U" ADD CONSTRAINT no_old CHECK (r = 'NEW' OR id > 0)`,
      rows: `INSERT INTO "U" VALUES (1, '5', 6, 'OLD')`,
    })
    const order = [...plan.sql.matchAll(/^(?:DROP|CREATE) (?:MATERIALIZED )?VIEW (\w+)/gm)].map((match) => match[1])
    expect(order).toEqual(['three', 'two', 'one', 'one', 'two', 'three'])
    const { rows } = await connection.query(
      `SELECT (SELECT a FROM one), (SELECT r FROM two), obj_description('two'::regclass) AS comment,
        (SELECT indexdef FROM pg_indexes WHERE indexname = 'old_once') AS index,
        (SELECT count(*)::int FROM pg_constraint WHERE conname = 'no_old') AS checks`,
    )
    expect(rows).toEqual([
      {
        a: 5,
        r: 'NEW',
        comment: 'kept',
        index: `CREATE UNIQUE INDEX old_once ON public."U" USING btree (id) WHERE (r = 'NEW'::"Role")`,
        checks: 1,
      },
    ])
    expect(left).toBe('')
  })

  it('follows names that were changed by the same migration', async () => {
    const { connection } = await carryOut({
      before: model('a Int'),
      after: model('b BigInt').replace('model U', 'model V'),
      answers: { rename: { U: 'V', 'V.a': 'b' } },
      byHand: 'CREATE VIEW v AS SELECT a FROM "U"; CREATE POLICY p ON "U" USING (a > 0)',
      rows: 'INSERT INTO "U" VALUES (1, 2)',
    })
    expect((await connection.query('SELECT * FROM v')).rows).toEqual([{ a: '2' }])
    expect((await connection.query(`SELECT qual FROM pg_policies WHERE tablename = 'V'`)).rows).toEqual([{ qual: '(b > 0)' }])
  })
})

describe('a cast that cannot be', () => {
  const text = { before: model('s String'), after: model('s Int') }
  it.each([
    ['is no expression', { ...text, answers: { cast: { 'U.s': 'a b' } } }, 'AUTHOR_EXPRESSION_INVALID', '--cast U.s'],
    ['has another type', { ...text, answers: { cast: { 'U.s': 'now()' } } }, 'AUTHOR_EXPRESSION_REFUSED', 'INTEGER'],
    ['names no column', { ...text, answers: { cast: { 'U.s': 'nope::int' } } }, 'AUTHOR_EXPRESSION_REFUSED', 'column "nope" does not exist'],
    [
      'does not fit a CHECK of the column',
      {
        before: model('s String'),
        after: model('s Role') + role('A', 'B'),
        byHand: `ALTER TABLE "U" ADD CONSTRAINT s_check CHECK (s IN ('A', 'B'))`,
        answers: { cast: { 'U.s': 's::"Role"' } },
      },
      'AUTHOR_DEPENDENT_OBJECT',
      'tide new change_constraint_s_check --sql',
    ],
    [
      'does not fit the condition of an index',
      {
        before: model('s String'),
        after: model('s Role') + role('A', 'B'),
        byHand: `CREATE INDEX "only A" ON "U" (id) WHERE s = 'A'`,
        answers: { cast: { 'U.s': 's::"Role"' } },
      },
      'AUTHOR_DEPENDENT_OBJECT',
      'The index only A uses U.s',
    ],
    [
      'names no column, beside a CHECK and an index that have nothing to do with it',
      { ...text, byHand: `ALTER TABLE "U" ADD CHECK (s IS NOT NULL); CREATE INDEX ON "U" (id) WHERE s IS NOT NULL`, answers: { cast: { 'U.s': 'nope' } } },
      'AUTHOR_EXPRESSION_REFUSED',
      'column "nope" does not exist',
    ],
    [
      'does not fit one of several conditions',
      {
        ...text,
        byHand: `ALTER TABLE "U" ADD CONSTRAINT fits CHECK (s IS NOT NULL); CREATE INDEX long ON "U" (id) WHERE length(s) > 3`,
        answers: { cast: { 'U.s': 's::int' } },
      },
      'AUTHOR_DEPENDENT_OBJECT',
      'The index long uses U.s, which this change gives another type. PostgreSQL says: function length(integer) does not exist.',
    ],
    ...(
      [
        ['an index', 'CREATE INDEX even ON "U" (id) WHERE n % 2 = 0', 'The index even uses U.n'],
        ['an exclusion constraint', 'ALTER TABLE "U" ADD CONSTRAINT once EXCLUDE (id WITH =) WHERE (n % 2 = 0)', 'The constraint once uses U.n'],
        ['a view', 'CREATE VIEW low AS SELECT id FROM "U"; CREATE VIEW odd AS SELECT n % 2 AS x FROM "U"', 'The view odd uses U.n'],
        ['a policy', 'CREATE POLICY few ON "U" USING (n % 2 = 0)', 'The policy few'],
      ] as const
    ).map(([what, byHand, words]) => {
      const edit = { before: model('n Int'), after: model('n String'), byHand, answers: { cast: { 'U.n': 'n::text' } } }
      return [`does not fit ${what} as PostgreSQL's own change`, edit, 'AUTHOR_DEPENDENT_OBJECT', words] as const
    }),
    [
      'takes a generated column along',
      { before: model('n Int'), after: model('n BigInt'), byHand: 'ALTER TABLE "U" ADD COLUMN g int GENERATED ALWAYS AS (n * 2) STORED' },
      'AUTHOR_DEPENDENT_OBJECT',
      'The generated column "U".g uses U.n',
    ],
  ] satisfies readonly (readonly [string, SchemaEdit, string, string])[])('%s: says what is in the way', async (_, edit, code, words) => {
    const failure = await failureOf(() => planEdit(edit))
    expect(failure.code).toBe(code)
    expect(`${failure.message} ${failure.details.why ?? ''} ${failure.details.fix ?? ''}`).toContain(words)
  })
})
