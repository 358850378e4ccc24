import { type Comparison, lookAtRows } from './compare-edit.ts'
import type { Question } from '../../src/author/question.ts'
import { isFailure } from '../../src/errors/failure.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { createEditProject } from '../../test/support/edit-project.ts'
import type { RealisticEdit } from '../../test/support/realistic-edit.ts'

/** What `tide dev` does with the rows of an edit: first without answers, then with them. */
export interface TideEdit extends Comparison {
  /** `kind subject` of each question. */
  readonly questions: readonly string[]
  /** True where nothing was written, because rows stand in the way, or a draft, which a person completes. */
  readonly stopped: 'no' | 'duplicates' | 'draft'
}

/** Carries an edit out in a project of its own. */
export async function tideEdit(server: DatabaseUrl, edit: RealisticEdit): Promise<TideEdit> {
  await using project = await createEditProject(server, edit)
  // An answer that nobody asks for is given at once, or the edit would be done without it.
  const isUnasked = edit.questions.length === 0 && Object.keys(edit.answers).length > 0
  const asked = await project.dev(isUnasked ? edit.answers : {}).catch(failureCode)
  const questions = typeof asked === 'string' ? [] : firstQuestions(asked.questions)
  const done =
    typeof asked !== 'string' && questions.length === 0 && asked.migration !== null
      ? asked
      : await project.dev(edit.answers, edit.outcome === 'draft').catch(failureCode)
  if (typeof done === 'string') {
    if (edit.outcome === 'stops') return { outcome: 'keeps', reason: '', questions, stopped: 'duplicates' }
    return { outcome: 'fails', reason: done, questions, stopped: 'no' }
  }
  const result = await withConnection(project.database, (connection) => lookAtRows(connection, edit.expect))
  return { ...result, questions, stopped: done.isDraft ? 'draft' : 'no' }
}

/** Without those that have no answer of their own where another one is a rename. */
function firstQuestions(questions: readonly Question[]): readonly string[] {
  return questions
    .filter(({ unlessRenamed }) => unlessRenamed !== true)
    .map(({ kind, subject }) => `${kind} ${subject}`)
}

function failureCode(error: unknown): string {
  if (isFailure(error)) return `${error.code}: ${error.message}`
  throw error
}
