import { Help, type Command as Program, type Option } from 'commander'
import type { Command, CommandGroup } from '../command.ts'
import { isGroup } from '../command.ts'
import type { Colors } from '../colors.ts'

/** Tide's way of writing `--to NAME` and `tide new NAME`, in aligned columns, with bold headings. */
export function configureHelp(program: Program, colors: Colors, columns: number): void {
  program.configureHelp({
    helpWidth: Math.min(columns, 100),
    showGlobalOptions: true,
    optionTerm: (option) => bare(option.flags),
    argumentTerm: (argument) => argument.name(),
    commandUsage: (command) => bare(usage(command)),
    subcommandTerm: (command) => command.name(),
    subcommandDescription: (command) => command.summary() || command.description(),
    optionDescription: describeOption,
    styleTitle: (title) => colors.bold(title),
    formatHelp: (command, helper) => {
      const text = Help.prototype.formatHelp.call(helper, command, helper)
      return command.parent === null ? optionsLast(text, colors.bold('Options:')) : text
    },
  })
}

/** Whoever types `tide` looks for a command. Commander puts the options first; a blank line parts its blocks. */
function optionsLast(help: string, title: string): string {
  const blocks = help.trimEnd().split('\n\n')
  const isOptions = (block: string): boolean => block.startsWith(title)
  const sorted = [...blocks.filter((block) => !isOptions(block)), ...blocks.filter(isOptions)]
  return `${sorted.join('\n\n')}\n\nRead on: prisma-tide/docs/command-line.md\n`
}

/** What follows the options: examples and the page to read on, which commands of one group share. */
export function helpEnd(command: Command | CommandGroup, page: string, colors: Colors): string {
  const examples = isGroup(command) ? command.commands.flatMap((one) => one.examples) : command.examples
  const width = Math.max(0, ...examples.map(({ line }) => line.length))
  const lines = examples.map(({ line, does }) => `  ${line.padEnd(width)}  ${colors.dim(does)}`)
  return [
    ...(lines.length === 0 ? [] : ['', colors.bold('Examples:'), ...lines]),
    '',
    `Read on: prisma-tide/docs/commands/${page}.md`,
  ].join('\n')
}

function usage(command: Program): string {
  const names: string[] = []
  for (let one: Program | null = command; one !== null; one = one.parent) names.unshift(one.name())
  const words = command.registeredArguments.map((argument) => {
    const word = `${argument.name()}${argument.variadic ? '…' : ''}`
    return argument.required ? word : `[${word}]`
  })
  return [...names, ...(command.commands.length > 0 ? ['COMMAND'] : words), '[options]'].join(' ')
}

function describeOption(option: Option): string {
  const choices = option.argChoices === undefined ? [] : [`one of ${option.argChoices.join(', ')}`]
  const isPlain = option.defaultValue === undefined || Array.isArray(option.defaultValue) || option.isBoolean()
  const standard = isPlain ? [] : [`default: ${String(option.defaultValue)}`]
  const extra = [...choices, ...standard].join('; ')
  return extra === '' ? option.description : `${option.description} (${extra})`
}

/** Commander writes `--to <NAME>`. */
function bare(flags: string): string {
  return flags.replaceAll(/[<>]/g, '')
}
