/** What every option has. `flag` is written once, here; the key in a command's `options` is its camelCase form. */
interface OptionBase {
  /** `--create-only`. */
  readonly flag: `--${string}`
  /** One sentence for `--help`. */
  readonly description: string
}

/** Present or absent: `--create-only`. */
export interface BooleanOption extends OptionBase {
  readonly kind: 'boolean'
}

/** One text: `--name NAME`; `choices` restricts it. */
export interface StringOption extends OptionBase {
  readonly kind: 'string'
  readonly placeholder: string
  readonly choices?: readonly string[]
  readonly default?: string
}

/** A whole number, 0 or greater: `--steps N`. */
export interface NumberOption extends OptionBase {
  readonly kind: 'number'
  readonly placeholder: string
  readonly default?: number
}

/** One text, as often as wanted: `--delete Model.a --delete Model.b`. */
export interface ListOption extends OptionBase {
  readonly kind: 'list'
  readonly placeholder: string
}

/** One option of one command, as data. */
export type OptionDefinition = BooleanOption | StringOption | NumberOption | ListOption

/** A word after the command's name: `tide new NAME`. Optional where `required` is not true. */
export interface ArgumentDefinition {
  readonly description: string
  readonly required?: boolean
  /** It takes all words that are left, as a list that may be empty: only of the last one. */
  readonly many?: boolean
}

/** Options by the name under which `run` gets their value. */
export type OptionDefinitions = Readonly<Record<string, OptionDefinition>>

/** Arguments by the name under which `run` gets their value, in the order in which they are typed. */
export type ArgumentDefinitions = Readonly<Record<string, ArgumentDefinition>>

/** What one option or argument can be at run time. */
export type InputValue = boolean | string | number | readonly string[] | undefined

/** What `run` gets: one property for each option and argument, typed from its definition. */
export type Input<Options extends OptionDefinitions, Arguments extends ArgumentDefinitions> = {
  readonly [Key in keyof Options]: OptionValue<Options[Key]>
} & {
  readonly [Key in keyof Arguments]: ArgumentValue<Arguments[Key]>
}

type ArgumentValue<Definition extends ArgumentDefinition> = Definition extends { readonly many: true }
  ? readonly string[]
  : Definition extends { readonly required: true }
    ? string
    : string | undefined

type OptionValue<Definition extends OptionDefinition> = Definition extends BooleanOption
  ? boolean
  : Definition extends ListOption
    ? readonly string[]
    : Definition extends NumberOption
      ? WithDefault<Definition, number>
      : WithDefault<Definition, Definition extends { readonly choices: readonly (infer Choice)[] } ? Choice : string>

type WithDefault<Definition, Value> = Definition extends { readonly default: string | number }
  ? Value
  : Value | undefined
