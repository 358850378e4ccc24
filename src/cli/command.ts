import type { Context } from './context.ts'
import type { ArgumentDefinitions, Input, InputValue, OptionDefinitions } from './options.ts'

/** What a command leaves behind: one value from which both outputs are made. */
export interface CommandResult {
  /** The whole of stdout with `--json`. The fields are a contract: add, never rename. */
  readonly document: object
  /** The whole of stdout without `--json`; colours through `context.colors`. */
  readonly text: string | readonly string[]
  /** 0 where it is left out; 4 for findings, pending migrations or drift; 2 where the document says what failed. */
  readonly exitCode?: ExitCode
}

/** 0 done · 1 a bug in Tide · 2 a failure the user can act on · 3 declined · 4 findings, pending migrations, drift. */
export type ExitCode = 0 | 1 | 2 | 3 | 4

/** A command with its types erased, as main.ts runs it. */
export interface Command {
  readonly name: string
  readonly summary: string
  readonly description: string
  /** Options shared by many commands that this one takes as well; their values are in the context. */
  readonly accepts: readonly ('env' | 'yes')[]
  readonly arguments: ArgumentDefinitions
  readonly options: OptionDefinitions
  readonly examples: readonly CommandExample[]
  run(context: Context, input: Readonly<Record<string, InputValue>>): Promise<CommandResult>
}

/** A command line that works as it stands, and what it does. */
export interface CommandExample {
  readonly line: string
  readonly does: string
}

/** Commands under one word: `tide db start`, `tide db stop`. */
export interface CommandGroup {
  readonly name: string
  readonly summary: string
  readonly description: string
  readonly commands: readonly Command[]
}

interface CommandDefinition<Options extends OptionDefinitions, Arguments extends ArgumentDefinitions> {
  readonly name: string
  /** One line for `tide --help`, without a full stop. */
  readonly summary: string
  /** What it does, what it changes and what it asks, for `tide NAME --help`. */
  readonly description: string
  readonly accepts?: readonly ('env' | 'yes')[]
  readonly arguments?: Arguments
  readonly options?: Options
  readonly examples: readonly CommandExample[]
  readonly run: (context: Context, input: Input<Options, Arguments>) => Promise<CommandResult>
}

/**
 * Declares a command. To add one:
 * 1. `src/cli/commands/<name>.ts` exports `command = defineCommand({…})`;
 * 2. one line in `src/cli/commands.ts` names it, so that only the command asked for is loaded;
 * 3. `docs/commands/<name>.md` describes it, naming each of its flags.
 * `run` calls one function of the library and turns its value into a result: it prints nothing, reads nothing of the
 * process and lets every `Failure` pass.
 *
 * @example
 * export const command = defineCommand({
 *   name: 'new',
 *   summary: 'make an empty migration to fill in',
 *   description: 'Writes a folder with an empty migration.sql and down.sql.',
 *   accepts: ['env'],
 *   arguments: { name: { description: 'what the migration does, as a few words', required: true } },
 *   options: {
 *     createOnly: { flag: '--create-only', kind: 'boolean', description: 'do not apply it' },
 *     rename: { flag: '--rename', kind: 'list', placeholder: 'OLD:NEW', description: 'the same under a new name' },
 *   },
 *   examples: [{ line: 'tide new split_full_name', does: 'makes prisma/migrations/…_split_full_name' }],
 *   run: async (context, { name, createOnly, rename }) => {
 *     const made = await createMigration({ name, createOnly, rename, now: context.now(), report: context.report })
 *     return { document: made, text: `Wrote ${made.migration}.` }
 *   },
 * })
 */
export function defineCommand<
  const Options extends OptionDefinitions = NoDefinitions,
  const Arguments extends ArgumentDefinitions = NoDefinitions,
>(definition: CommandDefinition<Options, Arguments>): Command {
  const { run, accepts = [], arguments: words = {}, options = {}, ...rest } = definition
  return {
    ...rest,
    accepts,
    arguments: words,
    options,
    // The parser builds the input from these same definitions, so it has exactly this shape.
    run: (context, input) => run(context, input as Input<Options, Arguments>),
  }
}

/** No keys at all: `run` of a command without options gets an empty input. */
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- an empty set of definitions is meant
type NoDefinitions = Readonly<Record<never, never>>

/** Declares commands that share their first word; each is made by `defineCommand` under its second word. */
export function defineCommandGroup(group: CommandGroup): CommandGroup {
  return group
}

/** Tells the two kinds of what `commands/<name>.ts` exports apart. */
export function isGroup(command: Command | CommandGroup): command is CommandGroup {
  return 'commands' in command
}
