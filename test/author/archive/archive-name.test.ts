import { expect, it } from 'vitest'
import { archiveName } from '../../../src/author/archive/archive-name.ts'

it('is readable, fits and is no other archive’s', () => {
  const source = { schema: 'public', name: 'User' }
  expect(archiveName('1_a', source)).toMatch(/^User\.[0-9a-f]{12}$/)
  expect(archiveName('1_a', source, 'nick')).toMatch(/^User\.nick\.[0-9a-f]{12}$/)
  const long = { schema: 'public', name: '🦆'.repeat(15) }
  const others = [
    archiveName('1_a', source),
    archiveName('1_b', source),
    archiveName('1_a', { schema: 'crm', name: 'User' }),
    archiveName('1_a', source, 'nick'),
    archiveName('1_a', { schema: 'public', name: 'User.nick' }),
    archiveName('1_a', { schema: 'public.User', name: 'nick' }),
    archiveName('1_a', long, 'a'),
    archiveName('1_a', long, 'b'),
  ]
  expect(new Set(others).size).toBe(others.length)
  expect(Math.max(...others.map((name) => Buffer.byteLength(name)))).toBeLessThanOrEqual(63)
  expect(archiveName('1_a', long, 'a')).toMatch(/^(🦆)+\.[0-9a-f]{12}$/u)
})
