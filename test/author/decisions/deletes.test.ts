import { describe, expect, it } from 'vitest'
import { decideDeletes } from '../../../src/author/decisions/deletes.ts'
import { openKey } from '../../../src/author/renames/rename.ts'
import { decisionInput } from '../../support/plan-state.ts'

const before = 'model A {\n  id Int @id\n  x Int\n  role Role\n}\nmodel B {\n  id Int @id\n  @@map("b")\n}\nenum Role {\n  X\n}\n'
const after = 'model A {\n  id Int @id\n}\n'

describe('decideDeletes', () => {
  it('asks about columns and tables, and not about an enum, which holds no data', async () => {
    const { questions } = decideDeletes(await decisionInput({ before, after }))
    expect(questions.map(({ subject, flag }) => [subject, flag])).toEqual([
      ['A.role', '--delete A.role'],
      ['A.x', '--delete A.x'],
      ['B', '--delete B'],
    ])
  })

  it('takes answers under every name of a thing, that of an enum too', async () => {
    const input = await decisionInput({ before, after, answers: { delete: ['A.x', 'A.role', 'b', 'Role'] } })
    const { questions, used } = decideDeletes(input)
    expect(questions).toEqual([])
    expect(used.map(({ key, subject }) => [key, subject])).toEqual([
      ['A.role', 'A.role'],
      ['A.x', 'A.x'],
      ['b', 'B'],
      ['Role', 'Role'],
    ])
  })

  it('asks nothing about what an open rename concerns, and nothing for a draft', async () => {
    const input = await decisionInput({ before, after })
    const open = [openKey({ schema: undefined, name: 'A' }, 'x'), openKey({ schema: undefined, name: 'b' })]
    expect(decideDeletes({ ...input, open }).questions.map(({ subject }) => subject)).toEqual(['A.role'])
    expect(decideDeletes({ ...input, draft: true }).questions).toEqual([])
  })

  it('offers a draft where the values may have moved to a new table beside it', async () => {
    const list = {
      before: 'model P {\n  id Int @id\n  tags String[]\n}',
      after: 'model P {\n  id Int @id\n  tags T[]\n}\nmodel T {\n  id Int @id\n  ps P[]\n}',
    }
    const moved = decideDeletes(await decisionInput({ ...list, after: list.after.replace('ps P[]', 'p P @relation(fields: [pId], references: [id])\n  pId Int') }))
    expect(moved.questions[0]?.candidates.map(({ kind, flag }) => [kind, flag])).toEqual([
      ['draft', '--draft'],
      ['delete', '--delete P.tags'],
    ])
    const far = decideDeletes(await decisionInput({ ...list, after: 'model P {\n  id Int @id\n}\nmodel T {\n  id Int @id\n}' }))
    expect(far.questions[0]?.candidates.map(({ kind }) => kind)).toEqual(['delete'])
  })
})
