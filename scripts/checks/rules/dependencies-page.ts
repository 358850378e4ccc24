import type { Rule } from '../rule.ts'
import { readText } from '../source-files.ts'

/** Each package that Tide installs is named in docs/dependencies.md, with what it is for and why it was chosen. */
export const rule: Rule = {
  name: 'dependencies-page',
  ensures: 'docs/dependencies.md lists the packages of package.json, each with a reason',
  find: async (root) => {
    const manifest = JSON.parse(await readText(root, 'package.json')) as Manifest
    const page = await readText(root, 'docs/dependencies.md')
    const [runtime = '', development = ''] = page.split(/^## For development only/m)
    return [
      ...compare('At run time', manifest.dependencies ?? {}, rows(runtime)),
      ...compare('For development only', manifest.devDependencies ?? {}, rows(development)),
    ]
  },
}

interface Manifest {
  readonly dependencies?: Packages
  readonly devDependencies?: Packages
}

type Packages = Readonly<Record<string, string>>

type Row = readonly [name: string, ...reasons: readonly string[]]

function compare(section: string, packages: Packages, listed: readonly Row[]): readonly string[] {
  const place = `docs/dependencies.md, "${section}"`
  return [
    ...Object.entries(packages)
      .filter(([, version]) => !/^\d/.test(version))
      .map(([name, version]) => `package.json: ${name} is not pinned (${version})`),
    ...Object.keys(packages)
      .filter((name) => !listed.some(([one]) => one === name))
      .map((name) => `${place}: ${name} is missing`),
    ...listed.filter(([name]) => !(name in packages)).map(([name]) => `${place}: ${name} is not in package.json`),
    ...listed
      .filter(([, ...reasons]) => reasons.length < 2 || reasons.some((reason) => reason === ''))
      .map(([name]) => `${place}: ${name} needs what it is for and why it was chosen`),
  ]
}

/** The rows of the table: `| \`pg\` | what for | why |`. */
function rows(page: string): readonly Row[] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|\s*(-|package\b)/.test(line))
    .map((line) => {
      const [name = '', ...reasons] = line.split('|').slice(1, -1).map((cell) => cell.trim())
      return [name.replaceAll('`', ''), ...reasons]
    })
}
