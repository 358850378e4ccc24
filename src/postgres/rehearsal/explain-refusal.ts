import { type Failure, withCause } from '../../errors/failure.ts'
import { sqlstate, sqlstateOf } from '../sqlstate.ts'
import {
  rehearsalDiskFull,
  rehearsalInUse,
  rehearsalNoPermission,
  rehearsalRefused,
  rehearsalTemplateMissing,
} from './errors.ts'

/** A server's error while a rehearsal was set up, as a failure that names the way out; other errors stay the same. */
export function explainRefusal(
  error: unknown,
  about: { readonly server: string; readonly role: string; readonly database: string },
): unknown {
  const state = sqlstateOf(error)
  if (state === undefined || !(error instanceof Error)) return error
  return withCause(failureOf(state, error.message, about), error)
}

function failureOf(
  state: string,
  reason: string,
  { server, role, database }: { readonly server: string; readonly role: string; readonly database: string },
): Failure {
  switch (state) {
    case sqlstate.insufficientPrivilege:
      return rehearsalNoPermission(role, server)
    case sqlstate.diskFull:
      return rehearsalDiskFull(server)
    case sqlstate.databaseMissing:
      return rehearsalTemplateMissing(database)
    case sqlstate.objectInUse:
      return rehearsalInUse(database, reason)
    default:
      return rehearsalRefused(server, state, reason)
  }
}
