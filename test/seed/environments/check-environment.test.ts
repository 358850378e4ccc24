import { expect, it } from 'vitest'
import { checkEnvironment } from '../../../src/seed/environments/check-environment.ts'
import { failureOf } from '../../support/failure.ts'

const models = ['User', 'Order', 'OrderLine']

it('takes what Tide knows', () => {
  const contract = {
    reference: ['User'],
    rows: 20,
    models: { Order: 5, OrderLine: { per: 'Order', rows: 2.5 } },
    locale: 'de',
    seed: 7,
    clock: '2026-01-01T00:00:00Z',
    truncate: true,
    personas: false,
  }
  expect(checkEnvironment({ ...contract, rows: undefined }, 'f', models)).not.toHaveProperty('rows')
  expect(checkEnvironment(contract, 'f', models)).toEqual(contract)
  expect(checkEnvironment({}, 'f', models)).toEqual({})
})

it.each([
  [{ row: 3 }, 'row is no key of an environment (did you mean rows?)'],
  [{ rows: -1 }, 'rows must be a whole number, 0 or more'],
  [{ rows: '20' }, 'rows must be a whole number, 0 or more'],
  [{ clock: '2026-02-30' }, "clock must be 'rolling' or a time such as 2026-01-01T00:00:00Z"],
  [{ models: { User: { per: 'Post', rows: 2 }, Post: { per: 'User', rows: 2 } } }, 'models.User.per leads back to itself: User → Post → User'],
  [{ clock: 'yesterday' }, "clock must be 'rolling' or a time such as 2026-01-01T00:00:00Z"],
  [{ models: { Usr: 3 } }, 'models.Usr: the schema has no model Usr (did you mean User?)'],
  [{ models: { OrderLine: { per: 'Ordr', rows: 3 } } }, 'models.OrderLine.per: the schema has no model Ordr (did you mean Order?)'],
  [{ models: { User: 'many' } }, "models.User must be a whole number of rows, or { per: 'Model', rows: 3 }"],
  [{ reference: ['Country'] }, 'reference.0: the schema has no model Country'],
  [{ truncate: 'yes' }, 'truncate must be true or false'],
  [[], 'what it exports must be an object, not a list'],
  [3, 'what it exports must be an object'],
])('%j: %s', async (value, problem) => {
  const failure = await failureOf(() => checkEnvironment(value, 'seed/environments/dev.ts', models))
  expect(failure.code).toBe('SEED_ENVIRONMENT_INVALID')
  expect(failure.details.message).toContain(problem)
})
