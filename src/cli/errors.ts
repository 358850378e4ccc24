import { defineFailure } from '../errors/failure.ts'

/** The command line cannot be understood. */
export const usageWrong = defineFailure('CLI_USAGE', (message: string, fix: string) => ({ message, fix }))

/** A question, and nobody there to answer it. */
export const questionUnanswered = defineFailure('CLI_QUESTION_UNANSWERED', (question: string, flag: string) => ({
  message: `A question needs an answer: ${question}`,
  why: 'There is no terminal to ask at, or asking is switched off by --json or CI.',
  fix: `Answer it on the command line with ${flag}.`,
  meta: { flag },
}))

/** The person said no, or left the question. Exit code 3. */
export const declined = defineFailure('CLI_DECLINED', (question: string) => ({
  message: `Declined: ${question}`,
  fix: 'Nothing more was done. Run the command again when you want it.',
}))

/** Ctrl-C or SIGTERM. Exit code 130. */
export const interrupted = defineFailure('CLI_INTERRUPTED', () => ({
  message: 'Interrupted.',
  fix: 'What was finished stays; run the same command again to go on.',
}))

/** Deleting the embedded databases takes their name. */
export const resetUnconfirmed = defineFailure('CLI_RESET_UNCONFIRMED', (given: string | undefined) => ({
  message: 'Deleting the embedded databases must be confirmed.',
  why: given === undefined ? 'All their rows are lost.' : `"${given}" is not what must be typed.`,
  fix: 'tide db reset --confirm embedded',
}))

/** Purging archives of a database that is not the embedded one takes the database's name. */
export const purgeUnconfirmed = defineFailure('CLI_PURGE_UNCONFIRMED', (database: string, given: string | undefined) => ({
  message: `Purging archives of the database "${database}" must be confirmed with its name.`,
  why: given === undefined
    ? 'It is the point of no return for their migrations, and this is not the embedded database.'
    : `"${given}" is not its name.`,
  fix: `Run the command again with --confirm ${database}, if that is the database you mean.`,
}))

/** A rollback that loses something, on a database that is not the embedded one, takes the database's name. */
export const lossUnconfirmed = defineFailure('CLI_LOSS_UNCONFIRMED', (database: string, given: string | undefined) => ({
  message: `Losing data in the database "${database}" must be confirmed with its name.`,
  why: given === undefined
    ? '--accept-loss runs rollbacks that do not bring everything back, and this is not the embedded database.'
    : `"${given}" is not its name.`,
  fix: `Run the command again with --confirm ${database}, if that is the database you mean.`,
}))
