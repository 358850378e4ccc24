import { expect, test } from 'vitest'
import { parseDatabaseUrl } from '../../../src/postgres/database-url.ts'
import { isSameDatabase, productionUrl } from '../../../src/seed/environments/production-url.ts'

const url = (text: string) => parseDatabaseUrl(text, 'the test')
const variables = { LIVE: 'postgresql://u@db.internal:5433/shop' }

test('production is what the config names so, unless a variable may mean another database here', () => {
  const production = { urlVariable: 'LIVE' }
  const found = (environments: Readonly<Record<string, object>>, environment: string) =>
    productionUrl({ config: { environments }, variables, environment })?.database
  expect(found({ production, qa: { url: 'postgresql://u@db.internal:5433/shop' } }, 'qa')).toBe('shop')
  expect(found({ production, qa: { urlVariable: 'QA' } }, 'qa')).toBe('shop')
  expect(found({ production, qa: production }, 'qa')).toBe(undefined)
  expect(found({ production }, 'dev')).toBe(undefined)
  expect(found({ production: { url: 'postgresql://u@db.internal/shop' } }, 'dev')).toBe('shop')
  expect(found({ production: { urlVariable: 'UNSET' }, qa: {} }, 'qa')).toBe(undefined)
  expect(found({}, 'dev')).toBe(undefined)
})

test.each([
  ['postgresql://a@localhost/x', 'postgresql://b:c@127.0.0.1:5432/x', true],
  ['postgresql://a@DB.host/x', 'postgresql://a@db.host/x', true],
  ['postgresql://a@db.host/x', 'postgresql://a@db.host/y', false],
  ['postgresql://a@db.host:1/x', 'postgresql://a@db.host:2/x', false],
])('%s and %s', (one, other, isSame) => {
  expect(isSameDatabase(url(one), url(other))).toBe(isSame)
})
