import { referenceUnknown } from './errors.ts'
import { git } from './git.ts'

/**
 * The commit that a git reference names: from here on nothing that a person typed is handed to git.
 * @throws PROJECT_REFERENCE_UNKNOWN where there is none; what begins with a dash would be an option of git
 */
export async function commitOf(folder: string, reference: string): Promise<string> {
  const isName = reference !== '' && !reference.startsWith('-')
  const commit = isName ? await git(folder, ['rev-parse', '--verify', '--quiet', `${reference}^{commit}`]) : undefined
  if (commit === undefined) throw referenceUnknown(reference, folder)
  return commit.trim()
}
