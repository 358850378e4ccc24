import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pc from 'picocolors'
import { isFailure } from '../../../src/errors/failure.ts'
import type { CommandEntry } from '../../../src/cli/commands.ts'
import { readInvocation } from '../../../src/cli/invocation.ts'
import type { Rule } from '../rule.ts'
import { readText, sourceFiles } from '../source-files.ts'

/** Whoever types a command from a page or from `--help` gets no "unknown option". */
export const rule: Rule = {
  name: 'typed-commands',
  ensures: 'every command line in a page or an example is one that Tide or package.json knows',
  find: async (root) => {
    const { commands } = (await import(pathToFileURL(join(root, 'src/cli/commands.ts')).href)) as {
      readonly commands: readonly CommandEntry[]
    }
    const { scripts = {} } = JSON.parse(await readText(root, 'package.json')) as { scripts?: Record<string, string> }
    const lines = [...(await pageLines(root)), ...(await exampleLines(commands))]
    const found = await Promise.all(
      lines.map(async ({ place, line }) => {
        const problem = (await tideProblem(line, commands)) ?? scriptProblem(line, scripts)
        return problem === undefined ? [] : [`${place}: ${line}: ${problem}`]
      }),
    )
    return found.flat()
  },
}

interface TypedLine {
  readonly place: string
  readonly line: string
}

/** The lines of the shell blocks of all pages; of a session those after `$`. */
async function pageLines(root: string): Promise<readonly TypedLine[]> {
  const pages = (await sourceFiles(root, '.', ['.md'])).filter(({ path }) => !path.startsWith('test/'))
  return pages.flatMap(({ path, text }) =>
    [...text.matchAll(/^```(?:sh|bash|shell|console)\n([^]*?)^```/gm)].flatMap(([, block = '']) => {
      const lines = block.replaceAll(/\\\n\s*/g, ' ').split('\n')
      const typed = lines.some((line) => line.startsWith('$ ')) ? lines.filter((line) => line.startsWith('$ ')) : lines
      return typed.map((line) => ({ place: path, line: line.replace(/^\$ /, '') }))
    }),
  )
}

async function exampleLines(commands: readonly CommandEntry[]): Promise<readonly TypedLine[]> {
  const loaded = await Promise.all(commands.map(({ load }) => load()))
  return loaded
    .flatMap(({ command }) => ('commands' in command ? command.commands : [command]))
    .flatMap(({ name, examples }) => examples.map(({ line }) => ({ place: `the examples of ${name}`, line })))
}

async function tideProblem(line: string, commands: readonly CommandEntry[]): Promise<string | undefined> {
  const typed = /^(?:npx |npm run (?:--silent |-s )?)?tide(?: --)?(?: (.*))?$/.exec(line.replace(/\s+#.*$/, '').trim())
  if (typed === null) return undefined
  try {
    await readInvocation(words(typed[1] ?? ''), commands, { colors: pc.createColors(false), columns: 80 })
    return undefined
  } catch (error) {
    if (isFailure(error)) return error.details.message
    throw error
  }
}

function scriptProblem(line: string, scripts: Readonly<Record<string, string>>): string | undefined {
  const unknown = [...line.matchAll(/\bnpm run (?:--silent |-s )?([\w:-]+)/g)].find(([, name = '']) => !(name in scripts))
  return unknown === undefined ? undefined : `package.json has no script ${unknown[1] ?? ''}`
}

/** As a shell splits them, up to where the line goes on to another program. */
function words(text: string): readonly string[] {
  const tokens = [...text.matchAll(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\|&;>])+|[|&;>]+/g)].map(([token]) => token)
  const end = tokens.findIndex((token) => /^[|&;>]+$/.test(token))
  return (end === -1 ? tokens : tokens.slice(0, end)).map(unquoted)
}

function unquoted(token: string): string {
  return token.replaceAll(/'([^']*)'|"((?:\\.|[^"\\])*)"/g, (_, single?: string, double?: string) =>
    single ?? (double ?? '').replaceAll(/\\(.)/g, '$1'),
  )
}
