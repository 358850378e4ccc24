import { expect, it } from 'vitest'
import { fingerprintCatalog } from '../../../src/postgres/catalog/fingerprint.ts'
import { catalogAfter } from '../../support/catalog.ts'

it('is the same for two databases of the same structure, made in another order', async () => {
  const one = await catalogAfter('CREATE TABLE a (x int, y text); CREATE TABLE b (id int)')
  const other = await catalogAfter('CREATE TABLE b (id int); CREATE TABLE a (y text, x int)')
  expect(fingerprintCatalog(one)).toBe(fingerprintCatalog(other))
  expect(fingerprintCatalog(one)).toMatch(/^[0-9a-f]{64}$/)
})

it('is another one where a default differs', async () => {
  const one = await catalogAfter('CREATE TABLE a (x int DEFAULT 1)')
  const other = await catalogAfter('CREATE TABLE a (x int DEFAULT 2)')
  expect(fingerprintCatalog(one)).not.toBe(fingerprintCatalog(other))
})
