import { watch } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Answers } from '../author/answers.ts'
import { noAnswers } from '../author/answers.ts'
import { isFailure } from '../errors/failure.ts'
import type { CommandResult } from './command.ts'
import type { Context } from './context.ts'
import { renderFailure } from './render/failure.ts'
import { openWorkspace } from './workspace.ts'

/** Runs once, and again after each edit of the schema, until Ctrl-C. A failure is shown: the next edit may mend it. */
export async function watchSchema(
  context: Context,
  answers: Answers,
  once: (answers: Answers) => Promise<CommandResult>,
): Promise<CommandResult> {
  const { project } = await openWorkspace(context)
  const { root } = project.schema
  const folder = root.endsWith('.prisma') ? dirname(root) : root
  const edits = watch(folder, { recursive: true, signal: context.signal })[Symbol.asyncIterator]()
  let last = await runOnce(context, () => once(answers))
  context.note('Waiting for edits of the schema; Ctrl-C ends.')
  for (;;) {
    if (!(await nextEdit(edits))) return last
    last = await runOnce(context, () => once(noAnswers))
  }
}

async function runOnce(context: Context, run: () => Promise<CommandResult>): Promise<CommandResult> {
  try {
    const result = await run()
    context.write([result.text].flat().join('\n'))
    return { ...result, text: [] }
  } catch (error) {
    if (!isFailure(error)) throw error
    context.note([renderFailure(error, context.colors)].flat().join('\n'))
    return { document: { migration: null, files: [], questions: [], applied: false, ms: 0 }, text: [], exitCode: 2 }
  }
}

/** False at Ctrl-C. Only `.prisma` files count: the migrations that Tide writes stand in the same folder. */
async function nextEdit(edits: AsyncIterator<{ readonly filename: string | null }>): Promise<boolean> {
  try {
    for (;;) {
      const event = await edits.next()
      if (event.done === true) return false
      if (event.value.filename?.endsWith('.prisma') === true) return true
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return false
    throw error
  }
}
