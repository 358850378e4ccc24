import { describe, expect, it } from 'vitest'
import { decideEnumMaps } from '../../../src/author/decisions/enum-maps.ts'
import { openKey } from '../../../src/author/renames/rename.ts'
import { failureOf } from '../../support/failure.ts'
import { decisionInput } from '../../support/plan-state.ts'
import { carryOut, type SchemaEdit } from '../../support/schema-edit.ts'

const roles = (...values: readonly string[]): string =>
  `model A {\n  id Int @id\n  one Role?\n  list Role[]\n}\nmodel B {\n  id Int @id\n  role Role @default(USER)\n}\nenum Role {\n  ${values.join('\n  ')}\n}\n`
const edit: SchemaEdit = { before: roles('USER', 'OLD', 'GONE @map("g one")'), after: roles('USER', 'NEW @map("the new")') }
const rows = `INSERT INTO "A" VALUES (1, 'OLD', '{OLD,USER,"g one"}'), (2, 'g one', '{}'); INSERT INTO "B" VALUES (1, 'OLD'), (2, 'USER')`

describe('decideEnumMaps', () => {
  it('asks about each value that goes, by its name in the schema, with those that stay', async () => {
    const { questions } = decideEnumMaps(await decisionInput(edit))
    expect(questions.map(({ subject, candidates }) => [subject, candidates.map(({ flag }) => flag)])).toEqual([
      ['Role.OLD', ['--map Role.OLD=USER', '--map Role.OLD=NEW', '--delete Role.OLD']],
      ['Role.GONE', ['--map Role.GONE=USER', '--map Role.GONE=NEW', '--delete Role.GONE']],
    ])
    expect(questions[0]?.counts).toHaveLength(3)
  })

  it('asks nothing while a rename of the value is open', async () => {
    const open = [openKey({ schema: undefined, name: 'Role' }, 'OLD')]
    const { questions } = decideEnumMaps({ ...(await decisionInput(edit)), open })
    expect(questions.map(({ subject }) => subject)).toEqual(['Role.GONE'])
  })

  it('refuses a value that the enum does not have, and says which it has', async () => {
    const failure = await failureOf(async () => decideEnumMaps(await decisionInput({ ...edit, answers: { map: { 'Role.OLD': 'NOPE' } } })))
    expect(failure.code).toBe('AUTHOR_MAP_TARGET_UNKNOWN')
    expect(failure.details.why).toBe('It has: USER, NEW.')
  })

  it('gives rows the new value, in lists too, whatever the values are called in the database', async () => {
    const { connection, left } = await carryOut({ ...edit, rows, answers: { map: { 'Role.OLD': 'NEW', 'Role.g one': 'USER' } } })
    expect((await connection.query('SELECT * FROM "A" ORDER BY id')).rows).toEqual([
      { id: 1, one: 'the new', list: '{"the new",USER,USER}' },
      { id: 2, one: 'USER', list: '{}' },
    ])
    expect((await connection.query('SELECT role FROM "B" ORDER BY id')).rows).toEqual([{ role: 'the new' }, { role: 'USER' }])
    expect(left).toBe('')
  })

  it('gives NULL, and nothing in a list, where the value goes with its data', async () => {
    const { connection } = await carryOut({
      ...edit,
      rows: `INSERT INTO "A" VALUES (1, 'OLD', '{OLD,USER,"g one"}'); INSERT INTO "B" VALUES (2, 'USER')`,
      answers: { delete: ['Role.OLD', 'Role.GONE'] },
    })
    expect((await connection.query('SELECT * FROM "A"')).rows).toEqual([{ id: 1, one: null, list: '{USER}' }])
  })

  it('stops at a required field whose value would go', async () => {
    const answers = { delete: ['Role.OLD', 'Role.GONE'] }
    await expect(carryOut({ ...edit, rows, answers })).rejects.toMatchObject({ code: 'STATEMENT_FAILED', details: { meta: { sqlstate: '23502' } } })
  })

  it('takes columns along that the schema never knew, with their default', async () => {
    const { connection } = await carryOut({
      ...edit,
      byHand: `ALTER TABLE "B" ADD COLUMN hidden "Role" DEFAULT 'USER', ADD COLUMN "also hidden" "Role"[] DEFAULT '{OLD}'`,
      rows: `INSERT INTO "B" VALUES (1, 'OLD', 'OLD', '{OLD}')`,
      answers: { map: { 'Role.OLD': 'NEW', 'Role.GONE': 'USER' } },
    })
    expect((await connection.query('SELECT * FROM "B"')).rows).toEqual([
      { id: 1, role: 'the new', hidden: 'the new', 'also hidden': '{"the new"}' },
    ])
    const { rows: added } = await connection.query('INSERT INTO "B" (id) VALUES (3) RETURNING hidden')
    expect(added).toEqual([{ hidden: 'USER' }])
  })
})
