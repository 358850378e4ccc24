import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { catalogQuestions } from '../../../src/postgres/catalog/catalog-questions.ts'

const folder = new URL('../../../src/postgres/catalog/questions/', import.meta.url)
const names = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''))

it('asks every question of the folder', () => {
  expect(catalogQuestions).toHaveLength(names.length)
  expect(new Set(catalogQuestions).size).toBe(names.length)
})

it.each(names)('%s is exported under its file name and has a test', async (name) => {
  const exported = name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  const module = (await import(`../../../src/postgres/catalog/questions/${name}.ts`)) as Record<string, unknown>
  expect(catalogQuestions).toContain(module[exported])
  expect(readdirSync(new URL('questions/', import.meta.url))).toContain(`${name}.test.ts`)
})
