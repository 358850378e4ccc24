import { join } from 'node:path'
import { expect, test } from 'vitest'
import { traceModules } from '../../../src/seed/kept/trace-modules.ts'
import { createFolder } from '../../support/files.ts'

test('a module is told with all that it imports from its folder', () => {
  const folder = createFolder({
    'generators.ts': `import { defineGenerators } from 'prisma-tide'
import type { Models } from '../elsewhere/schema.d.ts'
import {
  one,
} from './parts/one.ts'
export * from './two'`,
    'parts/one.ts': `import three from '../three.js'\nexport const one = three + new Date('2026-01-01').getTime()`,
    'two.ts': 'export const two = 2',
    'three.ts': 'export default 3',
    'unused.ts': 'export const unused = process.env',
  })
  const modules = traceModules(folder, join(folder, 'generators.ts'))
  expect(modules?.map(({ name }) => name)).toEqual(['generators.ts', 'parts/one.ts', 'three.ts', 'two.ts'])
})

test.each([
  `import { readFileSync } from 'node:fs'`,
  `import { x } from '../outside.ts'`,
  `import { x } from './missing.ts'`,
  `import lodash from "lodash"`,
  `const x = await import('./two.ts')`,
  `const x = require('./two.ts')`,
  'export const x = process.env.HOME',
  'export const x = () => Math.random()',
  'export const x = () => Date.now()',
  'export const x = () => new Date()',
  'export const x = () => new Date',
  'export const x = import.meta.url',
  'export const x = () => (1.5).toLocaleString()',
])('a module that may follow from anything else is not told: %s', (text) => {
  const folder = createFolder({ 'seed/generators.ts': text, 'seed/two.ts': '', 'outside.ts': 'export const x = 1' })
  expect(traceModules(join(folder, 'seed'), join(folder, 'seed/generators.ts'))).toBeUndefined()
})
