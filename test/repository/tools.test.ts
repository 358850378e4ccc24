import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tools } from '../../scripts/checks/tools.ts'
import { createFolder } from '../support/files.ts'
import { runProcess } from '../support/run-tide.ts'

/** Each general tool is seen failing at violations planted in a small repository that has our own configuration. */
const root = join(import.meta.dirname, '../..')
const configuration = ['.dependency-cruiser.js', 'eslint.config.js', 'knip.jsonc', 'tsconfig.json']

async function runTool(name: string, files: Readonly<Record<string, string>>) {
  const folder = createFolder({
    'package.json': '{ "name": "planted", "type": "module", "dependencies": { "pg": "8.23.1" } }\n',
    ...files,
  })
  for (const path of [...configuration, 'src/errors']) cpSync(join(root, path), join(folder, path), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
  const tool = tools.find((one) => one.name === name)
  if (tool === undefined) return expect.fail(`There is no tool ${name}.`)
  const [program, ...args] = tool.line
  const there = args.filter((arg) => !['test', 'scripts'].includes(arg))
  const run = await runProcess(join(folder, 'node_modules/.bin', program), there, { cwd: folder })
  return { exitCode: run.exitCode, output: run.stdout + run.stderr }
}

test('types finds a value of the wrong type', async () => {
  const { exitCode, output } = await runTool('types', { 'src/planted.ts': "export const length: number = 'x'\n" })
  expect(exitCode).toBe(2)
  expect(output).toContain('src/planted.ts(1,14): error TS2322')
})

describe('lint', () => {
  const planted = `import { readFileSync } from 'node:fs'
import { Bug } from '../errors/bug.js'

export default function planted(given: any) {
  console.log(process.env['HOME'], readFileSync('x'), Date.now(), new Date(), Math.random())
  Promise.resolve(given!)
  if (given === 1) throw new Error('x');
  throw new Bug("x")
}
`

  test.each([
    ["import { readFileSync } from 'node:fs'", 'no-restricted-imports'],
    ['errors/bug.js', 'no-restricted-syntax'],
    ['export default', 'no-restricted-syntax'],
    ['any', '@typescript-eslint/no-explicit-any'],
    ['console', 'no-console'],
    ['process', 'no-restricted-globals'],
    ['Date.now', 'no-restricted-properties'],
    ['new Date()', 'no-restricted-syntax'],
    ['Math.random', 'no-restricted-properties'],
    ['floating', '@typescript-eslint/no-floating-promises'],
    ['given!', '@typescript-eslint/no-non-null-assertion'],
    ['throw new Error', 'no-restricted-syntax'],
    [';', 'semi'],
    ['"x"', 'quotes'],
    ['301 lines', 'max-lines'],
  ])('finds %s', async (_, rule) => {
    const { exitCode, output } = await linted()
    expect(exitCode).toBe(1)
    expect(output).toContain(rule)
  })

  test('finds each of the four bans on syntax', async () => {
    const { output } = await linted()
    expect(output).toContain('Throw a failure made by defineFailure')
    expect(output).toContain('Named exports only')
    expect(output).toContain('The clock is handed in')
    expect(output).toContain('Import a module by its file name')
  })

  test('leaves a clean file alone', async () => {
    expect((await linted()).output).not.toContain('src/clean.ts')
  })

  let running: ReturnType<typeof runTool> | undefined
  const linted = () =>
    (running ??= runTool('lint', {
      'src/author/planted.ts': planted,
      'src/author/long.ts': '/** A. */\n'.repeat(301),
      'src/clean.ts': "export { Bug } from './errors/bug.ts'\n",
    }))
})

describe('layers', () => {
  const planted = {
    'src/index.ts': "export { a } from './cli/a.ts'\n",
    'src/cli/a.ts': 'export const a = 1\n',
    'src/cli/commands/up.ts': "export { down } from './down.ts'\n",
    'src/cli/commands/down.ts': 'export const down = 1\n',
    'src/prisma/below.ts': "export { up } from '../apply/up.ts'\n",
    'src/apply/up.ts': 'export const up = 1\n',
    'src/apply/inside.ts': "export { circle } from './circle.ts'\n",
    'src/apply/circle.ts': "export { circle } from './inside.ts'\n",
    'src/history/down.ts': "export { below } from '../prisma/below.ts'\n",
    'src/author/neighbour.ts': "export { up } from '../apply/up.ts'\nexport { circle } from '../apply/inside.ts'\n",
    'src/history/driver.ts': "import pg from 'pg'\nexport const client = pg.Client\n",
    'src/history/gone.ts': "export { gone } from './nowhere.ts'\n",
  }

  test('finds what points up, enters by no door, knows a package of another folder, or goes in a circle', async () => {
    const { exitCode, output } = await runTool('layers', planted)
    expect(exitCode).toBeGreaterThan(0)
    const found = [...output.matchAll(/^\s+error ([\w-]+): (\S+)/gm)].map(([, rule = '', file = '']) => `${rule} ${file}`)
    // The same imports pointing down, or through a door, are not in the list.
    expect(found.toSorted()).toEqual([
      'commands-stand-alone src/cli/commands/up.ts',
      'down-from-prisma src/prisma/below.ts',
      'inside-of-apply src/author/neighbour.ts',
      'library-without-command-line src/index.ts',
      'no-circle src/apply/circle.ts',
      'package-of-postgres src/history/driver.ts',
      'resolvable src/history/gone.ts',
    ])
  })
})

test('unused finds a file, an export and a package that nothing uses', async () => {
  const { exitCode, output } = await runTool('unused', {
    'src/index.ts': "export { used } from './used.ts'\n",
    'src/used.ts': 'export const used = 1\nexport const forgotten = 2\n',
    'src/nobody.ts': 'export const nobody = 1\n',
  })
  expect(exitCode).toBe(1)
  expect(output).toMatch(/Unused files[^]*src\/nobody\.ts/)
  expect(output).toMatch(/Unused dependencies[^]*pg /)
  expect(output).toMatch(/Unused exports[^]*forgotten/)
})
