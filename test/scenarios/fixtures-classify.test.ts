import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder } from '../support/files.ts'
import { runTide } from '../support/run-tide.ts'

const schema = `datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id
  email String @unique
  shoes Int
}
`

test('a column that a branch adds is a finding until somebody accepts it, with no database', async () => {
  const folder = createFolder({ 'prisma/schema.prisma': schema })
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], { encoding: 'utf8' })
  const tide = (...words: readonly string[]): ReturnType<typeof runTide> => runTide(words, { cwd: folder })

  // A project that masks nothing has nothing to classify.
  expect(await tide('check')).toMatchObject({ exitCode: 0 })
  const proposed = await tide('fixtures', 'classify', '--accept-confident', '--json')
  expect(proposed.exitCode).toBe(4)
  expect(JSON.parse(proposed.stdout)).toMatchObject({ columns: 3, accepted: ['User.id', 'User.email'], unaccepted: [{ where: 'User.shoes' }] })
  expect(await tide('fixtures', 'classify', '--accept', 'User.shoe')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('User.shoes') as string })
  expect(await tide('fixtures', 'classify', '--accept', 'User.shoes')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Every column is accepted') as string })
  expect(await tide('check')).toMatchObject({ exitCode: 0 })
  git('init', '-q', '-b', 'main')
  git('add', '.')
  git('commit', '-q', '-m', 'first')

  writeFileSync(join(folder, 'prisma/schema.prisma'), schema.replace('  shoes Int', '  shoes Int\n  phone String?'))
  const found = await tide('check', '--since', 'main', '--json')
  expect(found.exitCode).toBe(4)
  expect(JSON.parse(found.stdout)).toMatchObject({ findings: [{ rule: 'column-unclassified', severity: 'error', statement: 'User.phone' }], summary: { errors: 1 } })
  const text = await tide('check')
  expect(text.stdout).toContain('Columns of the schema')
  expect(text.stdout).toContain('tide fixtures classify')

  await tide('fixtures', 'classify')
  expect(JSON.parse((await tide('check', '--json')).stdout)).toMatchObject({ findings: [{ rule: 'column-unaccepted' }] })
  await tide('fixtures', 'classify', '--accept', 'User')
  expect(await tide('check', '--since', 'main')).toMatchObject({ exitCode: 0 })
  const before = readFileSync(join(folder, 'seed/classification.json'), 'utf8')
  await tide('fixtures', 'classify')
  expect(readFileSync(join(folder, 'seed/classification.json'), 'utf8')).toBe(before)
})
