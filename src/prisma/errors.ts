import { defineFailure } from '../errors/failure.ts'

/** The schema does not parse or validate; the message is Prisma's own. */
export const schemaInvalid = defineFailure(
  'PRISMA_SCHEMA_INVALID',
  (message: string, file: string | undefined, line: number | undefined) => ({
    message: 'The Prisma schema is not valid.',
    why: message,
    fix: 'Correct the schema and run the command again. Nothing was changed.',
    ...(file === undefined ? {} : { where: line === undefined ? { file } : { file, line } }),
  }),
)

/** Prisma's engine could not compute a difference. */
export const engineFailed = defineFailure('PRISMA_ENGINE_FAILED', (message: string, code: string | undefined) => ({
  message: 'Prisma\'s schema engine could not compare the schema with the history.',
  why: code === undefined ? message : `${code}: ${message}`,
  fix: 'If the schema uses a feature newer than Prisma 7.10, take it out and write that change by hand (`tide new NAME --sql`).',
}))

/** A name with a quote in it, which Prisma's engine writes into its SQL as it stands. */
export const nameUnquoted = defineFailure('PRISMA_NAME_QUOTED', (names: readonly string[]) => ({
  message: `Prisma's schema engine writes wrong SQL for names with a quote in them: ${names.join(', ')}.`,
  why: 'It does not double the quote, so that the name seems to end there.',
  fix: 'Take the quote out of @map or @@map. A name that the database has already: rename it there, in a migration of your own (`tide new NAME --sql`).',
}))

/** A generator that Tide does not run in process, or that failed. */
export const generatorFailed = defineFailure('PRISMA_GENERATE_FAILED', (generator: string, reason: string) => ({
  message: `The client of generator "${generator}" could not be generated.`,
  why: reason,
  fix: 'Run `npx prisma generate` to see Prisma\'s own message, or correct the generator block.',
}))
