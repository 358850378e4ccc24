import { serverWideEffect } from '../postgres/statements/server-wide.ts'
import type { Script } from './arena/script.ts'

/** Effects outside the database that the rollback leaves, unless `down.sql` has a statement with the same effect. */
export function beyondRollback(up: Script, down: Script | undefined): readonly string[] {
  const answered = new Set(effectsOf(down))
  return [...new Set(effectsOf(up))].filter((effect) => !answered.has(effect))
}

function effectsOf(script: Script | undefined): readonly string[] {
  return (script?.statements ?? []).flatMap(({ kind }) => serverWideEffect(kind) ?? [])
}
