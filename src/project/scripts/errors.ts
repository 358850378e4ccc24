import { defineFailure } from '../../errors/failure.ts'

/** A mistake that the type check found. */
export interface ScriptProblem {
  /** Relative to the project's folder. */
  readonly file: string
  readonly line: number
  readonly column: number
  /** TypeScript's own words. */
  readonly message: string
  /** TypeScript's own code, such as `TS2322`. */
  readonly code?: string
  readonly excerpt?: string
}

/** A script does not compile. */
export const scriptTypes = defineFailure(
  'PROJECT_SCRIPT_TYPES',
  ({ file, line, column, message, excerpt }: ScriptProblem, problems: readonly ScriptProblem[]) => ({
    message:
      problems.length === 1
        ? `${file} has a mistake that TypeScript finds, so it was not run.`
        : `${file} has ${String(problems.length)} mistakes that TypeScript finds, so it was not run.`,
    why: message,
    fix: 'Correct it. An editor shows the same mistakes; `tide generate` writes the clients that scripts import.',
    where: { file, line, column, ...(excerpt === undefined ? {} : { excerpt }) },
    meta: { problems },
  }),
)

/** A script throws while it is loaded, before anything of it was called. */
export const scriptUnloadable = defineFailure('PROJECT_SCRIPT_UNLOADABLE', (file: string, reason: string) => ({
  message: `${file} cannot be loaded.`,
  why: reason,
  fix: 'Correct the file: it is imported as a module, and what it exports is read.',
  where: { file },
}))

/** A script does not export what Tide looks for. */
export const scriptExport = defineFailure('PROJECT_SCRIPT_EXPORT', (file: string, name: string, maker: string) => ({
  message: `${file} exports nothing that is made by ${maker}.`,
  why: `Tide reads its default export, or one called ${name}.`,
  fix: `Write \`export default ${maker}({ … })\`, with \`import { ${maker} } from 'prisma-tide'\`.`,
  where: { file },
}))
