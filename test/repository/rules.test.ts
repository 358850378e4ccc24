import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rules } from '../../scripts/checks/rules.ts'
import { createFolder } from '../support/files.ts'

async function find(name: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const rule = rules.find((one) => one.name === name)
  return rule === undefined ? expect.fail(`There is no rule ${name}.`) : rule.find(createFolder(files))
}

test('the list of rules holds every file of its folder', async () => {
  const files = await readdir(join(import.meta.dirname, '../../scripts/checks/rules'))
  expect(rules.map(({ name }) => `${name}.ts`)).toEqual(files.toSorted())
})

describe('error-catalogue', () => {
  const source = (code: string, details: string) =>
    `export const failed = defineFailure('${code}', () => ({ message: 'It failed.', ${details} }))\n`
  const entry = (code: string) => `### ${code}\n\nIt means this.\n\nDo that.\n\n`

  test('finds nothing where every code is explained', async () => {
    const files = {
      'src/apply/errors.ts': source('APPLY_A', "fix: 'Do it.'") + source('APPLY_B', "fix: 'Do it.'"),
      'docs/errors.md': `# Error codes\n\n${entry('APPLY_A')}${entry('APPLY_B')}`,
    }
    expect(await find('error-catalogue', files)).toEqual([])
  })

  test('finds a code without an entry, an entry without a code, and what else is wrong with either', async () => {
    const files = {
      'src/apply/errors.ts': source('APPLY_A', "fix: 'Do it.'") + source('APPLY_B', "why: 'So.'"),
      'src/apply/up.ts': source('APPLY_A', "fix: 'Do it.'") + source('broken', "fix: 'Do it.'"),
      'docs/errors.md': `# Error codes\n\n${entry('APPLY_Z')}### APPLY_B\n\nOne paragraph.\n`,
    }
    expect(await find('error-catalogue', files)).toEqual([
      'src/apply/errors.ts:1: APPLY_A is not in docs/errors.md',
      'src/apply/errors.ts:2: APPLY_B names no way out (fix)',
      'docs/errors.md: APPLY_B needs two paragraphs: what it means, and what to do',
      'src/apply/up.ts:1: APPLY_A is declared outside an errors.ts',
      'src/apply/up.ts:1: APPLY_A is not in docs/errors.md',
      'src/apply/up.ts:2: the code broken is not AREA_WHAT',
      'src/apply/up.ts:2: broken is declared outside an errors.ts',
      'src/apply/up.ts:2: broken is not in docs/errors.md',
      'src/apply/up.ts:1: APPLY_A is declared twice',
      'docs/errors.md: APPLY_Z is declared nowhere in src',
      'docs/errors.md: APPLY_B is not in the order of the alphabet',
    ])
  })
})

describe('dependencies-page', () => {
  const page = (runtime: string, development: string) =>
    `## At run time\n\n| package | what for | why this one |\n|---|---|---|\n${runtime}\n## For development only\n\n${development}`
  const manifest = (value: object) => JSON.stringify(value)

  test('finds nothing where page and package.json agree', async () => {
    const files = {
      'package.json': manifest({ dependencies: { pg: '8.0.0' }, devDependencies: { vitest: '4.0.0' } }),
      'docs/dependencies.md': page('| `pg` | talks to PostgreSQL | the driver |\n', '| vitest | tests | fast |\n'),
    }
    expect(await find('dependencies-page', files)).toEqual([])
  })

  test('finds what is missing, what is gone, what has no reason and what is not pinned', async () => {
    const files = {
      'package.json': manifest({ dependencies: { pg: '^8.0.0' }, devDependencies: { vitest: '4.0.0' } }),
      'docs/dependencies.md': page('| `knex` | talks to PostgreSQL | old |\n', '| vitest | tests | |\n'),
    }
    expect(await find('dependencies-page', files)).toEqual([
      'package.json: pg is not pinned (^8.0.0)',
      'docs/dependencies.md, "At run time": pg is missing',
      'docs/dependencies.md, "At run time": knex is not in package.json',
      'docs/dependencies.md, "For development only": vitest needs what it is for and why it was chosen',
    ])
  })
})

test('doc-comments finds an export that says nothing', async () => {
  const files = {
    'src/cli/commands/up.ts': 'export const command = 1\n',
    'src/a.ts': '/** Said. */\nexport const a = 1\nexport function b(): void {}\nexport interface C {}\nconst d = 1\n',
    'src/index.ts': "export { a } from './a.ts'\n",
  }
  expect(await find('doc-comments', files)).toEqual([
    'src/a.ts:3: b has no doc comment',
    'src/a.ts:4: C has no doc comment',
  ])
})

test('machine-paths finds the path of a checkout and the name of a registry', async () => {
  const folder = ['', 'work', 'main'].join('/')
  const files = {
    'docs/a.md': `Run it.\nIt stands in ${folder}/src.\n`,
    'src/b.ts': `// relative: src${folder}, .${folder}, https://example.org${folder}, '/home/me/shop'\n`,
    'package-lock.json': JSON.stringify({
      packages: {
        '': {},
        'node_modules/pg': {},
        'node_modules/own': { resolved: 'packages/own' },
        'node_modules/x': { resolved: 'https://npm.example.org/x/-/x-1.0.0.tgz' },
      },
    }),
  }
  expect(await find('machine-paths', files)).toEqual([
    `docs/a.md:2: ${folder}`,
    'package-lock.json: node_modules/x names the registry that it came from',
  ])
})

test('page-links finds a link that leads nowhere', async () => {
  const files = {
    'README.md': '[there](docs/a.md#part) [gone](docs/b.md) [out](https://example.org) [here](#part)\n',
    'docs/a.md': '[back](../README.md) [beside](gone.md)\n',
  }
  expect(await find('page-links', files)).toEqual(['README.md: docs/b.md is not there', 'docs/a.md: gone.md is not there'])
})

test('test-mirror finds a test in a folder that src does not have', async () => {
  const files = {
    'src/apply/up.ts': '',
    'src/apply/direct/plan.ts': '',
    'test/apply/up.test.ts': '',
    'test/apply/direct/any-topic.test.ts': '',
    'test/apply/gone/up.test.ts': '',
    'test/scenarios/anything.test.ts': '',
  }
  expect(await find('test-mirror', files)).toEqual(['test/apply/gone/up.test.ts: there is no src/apply/gone'])
})

/** A repository with one command, as the sources have it. */
function withCommand(changes: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return {
    'package.json': '{ "type": "module", "scripts": { "demo": "x" } }',
    'src/cli/commands.ts': `export const commands = [
      { name: 'new', summary: 's', group: 'Start', load: () => import('./commands/new.ts') },
    ]\n`,
    'src/cli/commands/new.ts': `export const command = {
      name: 'new', summary: 's', description: 'd', accepts: ['env'], arguments: {},
      options: { createOnly: { flag: '--create-only', kind: 'boolean', description: 'd' } },
      examples: [{ line: 'tide new --create-only', does: 'd' }],
    }\n`,
    'docs/commands/new.md': 'Takes --create-only, --env NAME and --json; then `tide down --accept-loss`.\n',
    ...changes,
  }
}

describe('command-pages', () => {
  test('finds nothing where file, table and page agree', async () => {
    expect(await find('command-pages', withCommand())).toEqual([])
  })

  test('finds a flag that the page lacks or makes up, a command not listed, a page of no command', async () => {
    const files = withCommand({
      'docs/commands/new.md': 'Takes --env and --sql.\n',
      'docs/commands/old.md': 'Gone.\n',
      'src/cli/commands/extra.ts': 'export const command = {}\n',
    })
    expect(await find('command-pages', files)).toEqual([
      'src/cli/commands.ts: extra is not listed',
      'docs/commands/old.md: no such command',
      'docs/commands/new.md: --create-only is missing',
      'docs/commands/new.md: --sql is no flag of this command',
    ])
  })

  test('finds a missing page, and a key that is not its flag', async () => {
    const source = withCommand()['src/cli/commands/new.ts'] ?? ''
    const files = withCommand({ 'src/cli/commands/new.ts': source.replace('createOnly', 'only') })
    expect(await find('command-pages', files)).toEqual([
      'src/cli/commands/new.ts: the option only has the flag --create-only',
    ])
    expect(await find('command-pages', { ...files, 'docs/commands/new.md': '' })).toEqual([
      'docs/commands/new.md is missing',
    ])
  })
})

describe('typed-commands', () => {
  const shell = (...lines: readonly string[]) => `\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`

  test('finds nothing where every line can be typed', async () => {
    const readme = shell(
      'npm ci && npm run demo',
      'npx tide new --create-only --env qa  # with a remark',
      "tide new --env 'a b'\"c \\\" || d\" | head",
      'tide --help',
    )
    expect(await find('typed-commands', withCommand({ 'README.md': readme }))).toEqual([])
  })

  test('finds an unknown command, option and script, also in a session and an example', async () => {
    const source = withCommand()['src/cli/commands/new.ts'] ?? ''
    const files = withCommand({
      'README.md': shell('npm run demoo', 'tide neww', 'tide new --sql'),
      'docs/a.md': '```console\n$ tide new --nope\nerror CLI_USAGE\n```\n',
      'src/cli/commands/new.ts': source.replace('tide new --create-only', 'tide new --only'),
    })
    expect(await find('typed-commands', files)).toEqual([
      'README.md: npm run demoo: package.json has no script demoo',
      "README.md: tide neww: Unknown command 'neww'.",
      "README.md: tide new --sql: Unknown option '--sql'.",
      "docs/a.md: tide new --nope: Unknown option '--nope'.",
      "the examples of new: tide new --only: Unknown option '--only'.",
    ])
  })
})
