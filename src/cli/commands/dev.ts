import { readFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { type Answers, mergeAnswers, readAnswerFlags, readAnswersDocument } from '../../author/answers.ts'
import { dev, type DevResult } from '../../author/dev.ts'
import { answersFileInvalid } from '../../author/errors.ts'
import { askQuestions } from '../ask-questions.ts'
import { writeSchemaTypes } from '../../seed/rules/write-schema-types.ts'
import { type CommandResult, defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { renderDev } from '../render/dev.ts'
import { watchSchema } from '../watch-schema.ts'
import { openWorkspace } from '../workspace.ts'

export const command = defineCommand({
  name: 'dev',
  summary: 'turn an edit of the schema into an applied, reversible migration',
  description:
    'Compares the schema with the end of the history, asks what only a person can know, writes migration.sql and ' +
    'down.sql, tries both in a rehearsal with rows and on those of the dev database, writes down the proof, applies the migration and generates ' +
    'the client. Each question has a flag that answers it; without a terminal an open question ends the command ' +
    'with exit code 2, and nothing is written.',
  accepts: ['env'],
  options: {
    name: { flag: '--name', kind: 'string', placeholder: 'NAME', description: 'what the migration does, in a few words' },
    createOnly: { flag: '--create-only', kind: 'boolean', description: 'write the migration; leave the database and the client' },
    watch: { flag: '--watch', kind: 'boolean', description: 'go on after each edit of the schema, until Ctrl-C' },
    rename: { flag: '--rename', kind: 'list', placeholder: 'OLD:NEW', description: 'Model.old:new, Model:New or Enum.OLD:NEW is the same thing' },
    delete: { flag: '--delete', kind: 'list', placeholder: 'NAME', description: 'Model.field, Model or Enum.VALUE goes with its data' },
    fill: { flag: '--fill', kind: 'list', placeholder: 'FIELD=SQL', description: 'what existing rows get, as an expression over the row' },
    cast: { flag: '--cast', kind: 'list', placeholder: 'FIELD=SQL', description: 'how existing values become the new type' },
    map: { flag: '--map', kind: 'list', placeholder: 'ENUM.OLD=NEW', description: 'what rows with a removed enum value get' },
    answers: { flag: '--answers', kind: 'string', placeholder: 'FILE', description: 'the same answers as JSON' },
    noArchive: { flag: '--no-archive', kind: 'boolean', description: 'keep nothing of the rows and values that go' },
    data: { flag: '--data', kind: 'boolean', description: 'put a data step beside the migration, to fill in; do not apply it yet' },
    draft: { flag: '--draft', kind: 'boolean', description: 'write a draft with a data step to fill in, and do not apply it' },
  },
  examples: [
    { line: 'tide dev --name add_nickname', does: 'writes, tries and applies one migration' },
    { line: 'tide dev --rename User.name:fullName', does: 'keeps the values of a renamed field' },
    { line: `tide dev --fill "User.email=login || '@example.com'"`, does: 'fills a new required field' },
    { line: 'tide dev --delete User.nickname --no-archive', does: 'drops a column and keeps nothing of it' },
    { line: 'tide dev --create-only', does: 'writes the migration for review' },
  ],
  run: async (context, input) => {
    const given = mergeAnswers(await readAnswersFile(context, input.answers), readAnswerFlags(input))
    const once = async (answers: Answers): Promise<CommandResult> => {
      const started = context.now().getTime()
      const { createOnly, data, draft, name, noArchive } = input
      const settings = { createOnly, data, draft, archive: !noArchive, ...(name === undefined ? {} : { name }) }
      const result = await runUntilAnswered(context, settings, answers)
      return resultOf(context, result, context.now().getTime() - started)
    }
    return input.watch ? watchSchema(context, given, once) : once(given)
  },
})

interface DevSettings {
  readonly createOnly: boolean
  readonly data: boolean
  readonly draft: boolean
  readonly archive: boolean
  readonly name?: string
}

/** At a terminal the questions are asked, and the planning begins anew with the answers. */
async function runUntilAnswered(context: Context, settings: DevSettings, given: Answers): Promise<DevResult> {
  let answers = given
  let { draft } = settings
  for (;;) {
    const { project, database, rehearsals } = await openWorkspace(context)
    await using rehearsing = await rehearsals()
    const result = await dev({
      project,
      database,
      rehearsals: rehearsing,
      answers,
      ...settings,
      draft,
      now: context.now(),
      report: context.report,
      signal: context.signal,
    })
    if (result.questions.length === 0) writeSchemaTypes(project)
    if (result.questions.length === 0 || !context.isInteractive) return result
    const asked = await askQuestions(context, result.questions)
    answers = mergeAnswers(answers, asked.answers)
    draft ||= asked.draft
  }
}

function resultOf(context: Context, result: DevResult, ms: number): CommandResult {
  const { migration, questions, applied, notes, isDraft, incomplete, appliedMigrations, proof } = result
  const proven = proof === undefined ? {} : { verdict: proof.verdict, losses: proof.losses, reasons: proof.reasons }
  const files = result.files.map((file) => relative(context.directory, file))
  const clients = result.clients.map((client) => ({
    ...client,
    output: client.output === undefined ? undefined : relative(context.directory, client.output),
  }))
  return {
    document: {
      ...{ migration, files, questions, applied, notes, isDraft, incomplete },
      ...proven,
      ...{ appliedMigrations, clients, ms },
    },
    text: renderDev({ ...result, files, clients }, ms, context.colors),
    ...(questions.length > 0 ? { exitCode: 2 as const } : {}),
  }
}

async function readAnswersFile(context: Context, file: string | undefined): Promise<Answers> {
  if (file === undefined) return readAnswerFlags({})
  const path = resolve(context.directory, file)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw answersFileInvalid(file, error instanceof Error ? error.message : String(error))
  })
  return readAnswersDocument(text, file)
}
