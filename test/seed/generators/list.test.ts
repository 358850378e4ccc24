import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { typeGenerators } from '../../../src/seed/generators/list-types.ts'
import { semanticGenerators } from '../../../src/seed/generators/list.ts'
import type { GeneratorFamily } from '../../../src/seed/generators/make.ts'

test.each([
  ['families', semanticGenerators],
  ['types', typeGenerators],
])('every generator of a file in %s is in the list, once', async (folder, list) => {
  const path = join(import.meta.dirname, '../../../src/seed/generators', folder)
  const names: string[] = []
  for (const file of readdirSync(path)) {
    const module = (await import(join(path, file))) as Readonly<Record<string, GeneratorFamily>>
    const families = Object.entries(module).filter(([name]) => /(?:Generators|Types)$/u.test(name))
    expect(families.length, file).toBe(1)
    names.push(...Object.keys(families[0]?.[1] ?? {}))
  }
  expect(names.sort()).toEqual(Object.keys(list).sort())
})
