import { Bug } from '../errors/bug.ts'
import { declined, questionUnanswered } from './errors.ts'
import type { Input, Output } from './machine.ts'

/** Every question names the flag that answers it, for where nobody can. */
interface Question {
  readonly message: string
  /** As it would be typed: `--rename User.name:fullName`. */
  readonly flag: string
}

/** One answer to choose. */
export interface Choice<Value> {
  readonly value: Value
  readonly label: string
  /** A few words beside it. */
  readonly hint?: string
}

/**
 * Asks the person at the terminal.
 * Each throws CLI_QUESTION_UNANSWERED where nobody is there, CLI_DECLINED at Escape or Ctrl-C.
 */
export interface Prompts {
  /** Yes or no; `--yes` answers it. */
  confirm(question: Question & { readonly initial?: boolean }): Promise<boolean>
  select<Value extends string>(question: Question & { readonly choices: readonly Choice<Value>[] }): Promise<Value>
  text(question: Question & {
    readonly placeholder?: string
    readonly initial?: string
    /** Says what is wrong with an answer; undefined where nothing is. */
    readonly validate?: (answer: string) => string | undefined
  }): Promise<string>
}

interface Streams {
  readonly input: Input
  readonly output: Output
}

type Clack = typeof import('@clack/prompts')

interface PromptsOptions {
  readonly isInteractive: boolean
  readonly yes: boolean
  readonly streams: () => Streams
  /** Called before each question, so that a progress bar makes room. */
  readonly beforeAsking: () => void
}

/** Prompts on stderr, so that stdout stays the result. The library that draws them is loaded at the first question. */
export function createPrompts(options: PromptsOptions): Prompts {
  async function ask<Answer>(
    question: Question,
    put: (clack: Clack, streams: Streams) => Promise<Answer | symbol>,
  ): Promise<Answer> {
    if (!options.isInteractive) throw questionUnanswered(question.message, question.flag)
    options.beforeAsking()
    const answer = await put(await import('@clack/prompts'), options.streams())
    // Clack answers Escape and Ctrl-C with a symbol.
    if (typeof answer === 'symbol') throw declined(question.message)
    return answer
  }
  return {
    confirm: async (question) =>
      options.yes ||
      ask<boolean>(question, (clack, streams) =>
        clack.confirm({ ...streams, message: question.message, initialValue: question.initial ?? false }),
      ),
    select: async (question) => {
      const choices = question.choices.map(clackOption)
      const answer = await ask<string>(question, (clack, streams) =>
        clack.select({ ...streams, message: question.message, options: choices }),
      )
      const choice = question.choices.find(({ value }) => value === answer)
      if (choice === undefined) throw new Bug(`The prompt answered ${answer}, which was not offered.`)
      return choice.value
    },
    text: (question) =>
      ask<string>(question, (clack, streams) =>
        clack.text({
          ...streams,
          message: question.message,
          ...given({ placeholder: question.placeholder, initialValue: question.initial }),
          validate: (answer) => question.validate?.(answer ?? ''),
        }),
      ),
  }
}

/** Clack's type of an option depends on that of its value: a plain text, not one of a few. */
function clackOption({ value, label, hint }: Choice<string>): { value: string; label: string; hint?: string } {
  return { value, label, ...given({ hint }) }
}

/** The properties that have a value: an optional property of a library may be left out, but not be undefined. */
function given<Value>(properties: Readonly<Record<string, Value | undefined>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  )
}
