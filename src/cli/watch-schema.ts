import { once as eventOf } from 'node:events'
import type { FSWatcher } from 'chokidar'
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
  const edits = await watchEdits(project.schema.root, context.signal)
  try {
    let last = await runOnce(context, () => once(answers))
    context.note('Waiting for edits of the schema; Ctrl-C ends.')
    while (await edits.next()) last = await runOnce(context, () => once(noAnswers))
    return last
  } finally {
    await edits.close()
  }
}

/** What was edited since one last asked. */
interface Edits {
  /** Waits for the next edit, if there was none meanwhile. False at Ctrl-C. */
  next(): Promise<boolean>
  close(): Promise<void>
}

/**
 * Of a file, or of a folder's `.prisma` files: the migrations that Tide writes may stand in the same one. Editors put a
 * new file in the place of the old one, and the watcher must not lose sight of it.
 */
async function watchEdits(root: string, signal: AbortSignal): Promise<Edits> {
  const { watch } = await import('chokidar')
  const watcher: FSWatcher = watch(root, {
    ignoreInitial: true,
    ignored: (path, stats) => stats?.isFile() === true && !path.endsWith('.prisma'),
  })
  await eventOf(watcher, 'ready', { signal }).catch(() => undefined)
  let isEdited = false
  let wake = (): void => undefined
  const look = (): void => {
    isEdited = true
    wake()
  }
  watcher.on('all', look)
  signal.addEventListener('abort', () => {
    wake()
  })
  return {
    next: async () => {
      while (!isEdited && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve))
      isEdited = false
      return !signal.aborted
    },
    close: () => watcher.close(),
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
