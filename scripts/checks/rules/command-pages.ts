import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Command, CommandGroup } from '../../../src/cli/command.ts'
import type { CommandEntry } from '../../../src/cli/commands.ts'
import type { Rule } from '../rule.ts'
import { readText, sourceFiles } from '../source-files.ts'

/** A command is a file, a line of the table and a page, and the three agree. */
export const rule: Rule = {
  name: 'command-pages',
  ensures: 'every command is listed and has a page in docs/commands that names its flags, and no others',
  find: async (root) => {
    const { commands } = (await import(pathToFileURL(join(root, 'src/cli/commands.ts')).href)) as {
      readonly commands: readonly CommandEntry[]
    }
    const files = await names(root, 'src/cli/commands', '.ts')
    const pages = await names(root, 'docs/commands', '.md')
    const listed = commands.map(({ name }) => name)
    const inStep = await Promise.all(commands.map((entry) => problemsOf(root, entry)))
    return [
      ...files.filter((name) => !listed.includes(name)).map((name) => `src/cli/commands.ts: ${name} is not listed`),
      ...pages.filter((name) => !listed.includes(name)).map((name) => `docs/commands/${name}.md: no such command`),
      ...inStep.flat(),
    ]
  },
}

/** Flags of every command, which a page may name without the command declaring them. */
const common = ['--project', '--json', '--quiet', '--no-color', '--help', '--version']

async function problemsOf(root: string, entry: CommandEntry): Promise<readonly string[]> {
  const { command } = await entry.load()
  const page = await readText(root, `docs/commands/${entry.name}.md`)
  const file = `src/cli/commands/${entry.name}.ts`
  if (page === '') return [`docs/commands/${entry.name}.md is missing`]
  const parts = partsOf(command)
  const flags = parts.flatMap(flagsOf)
  const named = new Set([...withoutOthers(page, entry.name).matchAll(/(?<![\w-])--[a-z][\w-]*/g)].map(([flag]) => flag))
  return [
    ...(command.name === entry.name ? [] : [`${file}: it is named ${command.name}`]),
    ...(command.summary === entry.summary ? [] : [`${file}: its summary differs from that in src/cli/commands.ts`]),
    ...parts.flatMap((part) => wrongKeys(part, file)),
    ...flags.filter((flag) => !named.has(flag)).map((flag) => `docs/commands/${entry.name}.md: ${flag} is missing`),
    ...[...named]
      .filter((flag) => !flags.includes(flag) && !common.includes(flag))
      .map((flag) => `docs/commands/${entry.name}.md: ${flag} is no flag of this command`),
  ]
}

/** A page may send its reader to another command, flags and all: `tide down --accept-loss`. */
function withoutOthers(page: string, name: string): string {
  return page.replaceAll(/`(?:npx )?tide ([a-z]+)[^`]*`/g, (span, other) => (other === name ? span : ''))
}

function partsOf(command: Command | CommandGroup): readonly Command[] {
  return 'commands' in command ? command.commands : [command]
}

function flagsOf(command: Command): readonly string[] {
  return [...Object.values(command.options).map(({ flag }) => flag), ...command.accepts.map((name) => `--${name}`)]
}

/** `createOnly` for `--create-only`: one name, two spellings. */
function wrongKeys(command: Command, file: string): readonly string[] {
  return Object.entries(command.options)
    .filter(([key, { flag }]) => flag !== `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`)
    .map(([key, { flag }]) => `${file}: the option ${key} has the flag ${flag}`)
}

async function names(root: string, folder: string, ending: string): Promise<readonly string[]> {
  const files = await sourceFiles(root, folder, [ending])
  return files.map(({ path }) => path.slice(folder.length + 1, -ending.length))
}
