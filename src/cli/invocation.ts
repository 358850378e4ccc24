import { Command as Program, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { Colors } from './colors.ts'
import { type Command, type CommandGroup, isGroup } from './command.ts'
import type { CommandEntry } from './commands.ts'
import { usageWrong } from './errors.ts'
import type { InputValue, OptionDefinition } from './options.ts'
import { configureHelp, helpEnd } from './render/help.ts'

/** What a command line asks for. */
export type Invocation =
  | { readonly kind: 'help'; readonly text: string }
  | {
      readonly kind: 'command'
      readonly command: Command
      readonly common: CommonOptions
      readonly input: Readonly<Record<string, InputValue>>
    }

/** The options that stand before or after any command. */
export interface CommonOptions {
  readonly project?: string
  readonly env?: string
  readonly yes?: boolean
  readonly quiet?: boolean
}

interface Screen {
  readonly colors: Colors
  readonly columns: number
}

type Chosen = Extract<Invocation, { kind: 'command' }>

/**
 * Reads a command line, loading only the command it names.
 * @throws CLI_USAGE naming the nearest command or option where one is unknown
 */
export async function readInvocation(
  words: readonly string[],
  table: readonly CommandEntry[],
  screen: Screen,
): Promise<Invocation> {
  const name = commandName(words)
  let help = ''
  let chosen: Chosen | undefined
  const program = commonOptions(new Program('tide'))
  program
    .description('Edit schema.prisma; get the SQL migration, the proven way back, and data for every environment.')
    .addOption(new Option('--version', 'print the version'))
    .helpOption('--help', 'show this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => (help += text), writeErr: () => undefined })
  configureHelp(program, screen.colors, screen.columns)
  const choose = (command: Command, parsed: Program): void => {
    chosen = { kind: 'command', command, common: program.opts(), input: inputOf(command, parsed) }
  }
  for (const entry of table) {
    if (entry.name === name) {
      const { command } = await entry.load()
      addCommand(program, command, choose, screen.colors)
      hideUnaccepted(program, command)
    } else {
      program.command(entry.name).summary(entry.summary)
    }
    program.commands.at(-1)?.helpGroup(`${entry.group}:`)
  }
  if (name === undefined && !words.some((word) => word.startsWith('-') && word !== '--help')) {
    return { kind: 'help', text: program.helpInformation() }
  }
  try {
    program.parse(words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.code === 'commander.helpDisplayed') return { kind: 'help', text: help }
    throw usageFailure(error, name)
  }
  if (chosen === undefined) return { kind: 'help', text: program.helpInformation() }
  refuseUnaccepted(chosen)
  return chosen
}

/** The first word that is no option of Tide's own, and no value of one. */
export function commandName(words: readonly string[]): string | undefined {
  return commonOptions(new Program()).parseOptions([...words]).operands[0]
}

function commonOptions(program: Program): Program {
  return program
    .option('--project <DIR>', 'the folder of the project, where it is not the current one')
    .option('--env <NAME>', 'the environment whose database is meant')
    .option('--json', 'print one JSON document on stdout and nothing else')
    .option('--yes', 'say yes to every confirmation; never answers a question about data')
    .option('--quiet', 'leave out progress and notes')
    .option('--no-color', 'leave out colours (as NO_COLOR does)')
}

type Choose = (command: Command, parsed: Program) => void

function addCommand(
  parent: Program,
  command: Command | CommandGroup,
  choose: Choose,
  colors: Colors,
  page = command.name,
): void {
  const program = parent.command(command.name)
  program.summary(command.summary).description(command.description).helpOption('--help', 'show this help')
  program.addHelpText('after', helpEnd(command, page, colors))
  if (isGroup(command)) {
    for (const one of command.commands) addCommand(program, one, choose, colors, page)
    return
  }
  for (const [name, argument] of Object.entries(command.arguments)) {
    const word = `${kebab(name).toUpperCase()}${argument.many === true ? '...' : ''}`
    program.argument(argument.required === true ? `<${word}>` : `[${word}]`, argument.description)
  }
  for (const option of Object.values(command.options)) program.addOption(commanderOption(option))
  program.action(() => {
    choose(command, program)
  })
}

function commanderOption(definition: OptionDefinition): Option {
  const { kind, flag, description } = definition
  // A `--no-…` is true to Commander until it is given.
  if (kind === 'boolean') return isNegated(flag) ? new Option(flag, description) : new Option(flag, description).default(false)
  const option = new Option(`${flag} <${definition.placeholder}>`, description)
  if (kind === 'list') {
    return option.default([]).argParser((value, earlier: readonly string[]) => [...earlier, value])
  }
  if (definition.default !== undefined) option.default(definition.default)
  if (kind === 'number') return option.argParser(wholeNumber)
  return definition.choices === undefined ? option : option.choices(definition.choices)
}

function isNegated(flag: string): boolean {
  return flag.startsWith('--no-')
}

function wholeNumber(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError('It must be a whole number, 0 or greater.')
  return Number(value)
}

function inputOf(command: Command, parsed: Program): Readonly<Record<string, InputValue>> {
  const values: Readonly<Record<string, InputValue>> = parsed.opts()
  const options = Object.entries(command.options).map(
    ([key, { flag }]) => {
      const value = values[new Option(flag).attributeName()]
      return [key, isNegated(flag) ? value === false : value] as const
    },
  )
  const words = Object.entries(command.arguments).map(
    ([key, { many }], at) => [key, many === true ? parsed.args.slice(at) : parsed.args[at]] as const,
  )
  return Object.fromEntries([...options, ...words])
}

/** `tide db --help` does not offer an environment that it would refuse. */
function hideUnaccepted(program: Program, command: Command | CommandGroup): void {
  const accepted = isGroup(command) ? command.commands.flatMap(({ accepts }) => accepts) : command.accepts
  for (const option of program.options) {
    const name = option.attributeName()
    if ((name === 'env' || name === 'yes') && !accepted.includes(name)) option.hideHelp()
  }
}

function refuseUnaccepted({ command, common }: Chosen): void {
  for (const name of ['env', 'yes'] as const) {
    if (common[name] === undefined || command.accepts.includes(name)) continue
    throw usageWrong(`\`tide ${command.name}\` takes no --${name}.`, helpHint(command.name))
  }
}

/** Commander says `error: unknown option '--nmae'\n(Did you mean --name?)`. */
function usageFailure(error: CommanderError, name: string | undefined): Error {
  if (error.code === 'commander.help') return usageWrong(`\`${['tide', name].join(' ').trim()}\` needs a command.`, helpHint(name))
  const [first = '', ...rest] = error.message.split('\n')
  const message = first.replace(/^error: /, '')
  const nearest = /\(Did you mean (.+)\?\)/.exec(rest.join(' '))?.[1]
  const hint = error.code === 'commander.unknownCommand' ? helpHint(undefined) : helpHint(name)
  const sentence = message.charAt(0).toUpperCase() + message.slice(1) + (/[.!?]$/.test(message) ? '' : '.')
  return usageWrong(sentence, nearest === undefined ? hint : `Did you mean ${nearest}? ${hint}`)
}

function helpHint(name: string | undefined): string {
  return name === undefined ? '`tide --help` lists the commands.' : `\`tide ${name} --help\` lists what it takes.`
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
