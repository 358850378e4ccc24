import { basename, dirname } from 'node:path'
import type { DevResult } from '../../author/dev.ts'
import type { Colors } from '../colors.ts'
import { renderQuestions } from './questions.ts'

/** What `tide dev` did, or what it asks. Paths as they are to be shown. */
export function renderDev(result: DevResult, ms: number, colors: Colors): readonly string[] {
  const notes = result.notes.map((note) => colors.dim(`note  ${note}`))
  if (result.questions.length > 0) return [...notes, ...renderQuestions(result.questions, colors)]
  return [...notes, ...migrationLines(result, colors), ...databaseLines(result), ...clientLines(result), colors.dim(`${String(ms)} ms`)]
}

function migrationLines(result: DevResult, colors: Colors): readonly string[] {
  if (result.migration === null) return ['The schema and the history say the same: no migration is needed.']
  const folder = dirname(result.files[0] ?? '')
  const files = result.files.map((file) => `  ${basename(file)}`)
  if (result.isDraft) {
    return [
      `Wrote the draft ${colors.bold(folder)}`,
      ...files,
      'Write its data step where it says so, then run: tide dev',
    ]
  }
  return [
    `Wrote ${colors.bold(folder)}`,
    ...files,
    ...wayBack(result, colors),
    ...result.incomplete.map((reason) => `    ${reason}`),
    ...proofLines(result, colors),
  ]
}

/** Where nothing is known to be missing and the proof says otherwise, the proof alone speaks. */
function wayBack({ incomplete, proof }: DevResult, colors: Colors): readonly string[] {
  if (incomplete.length > 0) return [`  ${colors.yellow('the way back is incomplete:')}`]
  // Rows at which the migration stops say nothing of its way back.
  const isBack = proof === undefined || (proof.losses.length === 0 && proof.reasons.every(isOfUp))
  return isBack ? [`  ${colors.green('tried up, down and up again: the way back is complete')}`] : []
}

function isOfUp(reason: string): boolean {
  return reason.startsWith('it stops at ')
}

/** An exact proof says what the line above it says. */
function proofLines({ proof, incomplete }: DevResult, colors: Colors): readonly string[] {
  if (proof === undefined || proof.verdict === 'exact') return []
  // Reasons stand above these lines already.
  const lost = proof.losses.flatMap(({ object, rows, reason }) => {
    const count = rows === 1 ? '1 rehearsed row' : `${String(rows)} rehearsed rows`
    if (incomplete.includes(reason)) return rows === 0 ? [] : [`    ${object}: ${count}`]
    return [`    ${[object, reason].filter((part) => part !== '').join(': ')}${rows === 0 ? '' : ` (${count})`}`]
  })
  const breaking = proof.hazards.filter(({ outcome }) => outcome === 'breaks')
  return [
    `  ${(proof.verdict === 'lossy' ? colors.yellow : colors.red)(`proof: ${proof.verdict}`)}`,
    ...proof.reasons.map((reason) => `    ${reason}`),
    ...breaking.map(({ sql }) => colors.dim(`      find them: ${sql}`)),
    ...lost,
  ]
}

function databaseLines(result: DevResult): readonly string[] {
  const { appliedMigrations } = result
  if (appliedMigrations.length > 0) return [`Applied ${appliedMigrations.join(', ')} to the dev database.`]
  if (result.migration === null || result.isDraft) return []
  const step = result.files.find((file) => file.endsWith('data.ts'))
  return [step === undefined ? 'Not applied; apply it with: tide up' : `Not applied. Fill in ${step}, then: tide up`]
}

function clientLines(result: DevResult): readonly string[] {
  return result.clients.map(({ generator, output, skipped }) =>
    output === undefined ? `Generator ${generator}: ${skipped ?? 'skipped'}.` : `Generated the client in ${output}.`,
  )
}
