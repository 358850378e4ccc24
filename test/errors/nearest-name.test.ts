import { expect, it } from 'vitest'
import { nearestName } from '../../src/errors/nearest-name.ts'

it('finds a name with a slip in it, whatever its case', () => {
  expect(nearestName('migration', ['schema', 'migrations'])).toBe('migrations')
  expect(nearestName('renmae', ['rename', 'delete'])).toBe('rename')
  expect(nearestName('ulr', ['urlVariable', 'url'])).toBe('url')
  expect(nearestName('urlVar', ['urlVariable', 'url'])).toBe('urlVariable')
  expect(nearestName('LOCKTIMEOUT', ['lockTimeout'])).toBe('lockTimeout')
})

it('finds none where none is near', () => {
  expect(nearestName('color', ['schema', 'migrations'])).toBeUndefined()
  expect(nearestName('x', [])).toBeUndefined()
})
