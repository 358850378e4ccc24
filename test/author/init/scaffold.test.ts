import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scaffoldProject } from '../../../src/author/init/scaffold.ts'
import { createFolder } from '../../support/files.ts'

function packageOf(directory: string): { name: string; devDependencies: Record<string, string> } {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as ReturnType<typeof packageOf>
}

test('a new project depends on the Tide that wrote it, and ignores what Tide keeps', async () => {
  const directory = createFolder({})
  const files = await scaffoldProject(directory, '1.2.3')
  expect(files).toEqual(['prisma/schema.prisma', 'prisma.config.ts', 'tide.config.ts', 'package.json', '.gitignore'])
  expect(packageOf(directory).devDependencies['prisma-tide']).toBe('^1.2.3')
  expect(packageOf(directory).name).toMatch(/^[a-z0-9][a-z0-9._-]*$/)
  expect(readFileSync(join(directory, '.gitignore'), 'utf8')).toContain('\n.tide/\n')
})

test('what is there stays as it is, and a second time there is nothing to write', async () => {
  const directory = createFolder({ 'package.json': '{"name":"mine"}', '.gitignore': 'node_modules' })
  expect(await scaffoldProject(directory, '1.2.3')).not.toContain('package.json')
  expect(packageOf(directory)).toEqual({ name: 'mine' })
  expect(readFileSync(join(directory, '.gitignore'), 'utf8')).toBe('node_modules\n.tide/\n')
  expect(await scaffoldProject(directory, '1.2.3')).toEqual([])
})
