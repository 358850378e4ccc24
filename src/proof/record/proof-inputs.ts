import { hash as digest } from 'node:crypto'
import type { Migration } from '../../history/read-history.ts'
import type { ProofInputs } from '../proof.ts'
import { readDataStep } from './proof-files.ts'

/**
 * What the proof of each migration of a history holds for, from files alone. Line ends do not count: git may turn them.
 * Nor do `allow` directives, which are written once the proof is known, and change nothing that runs.
 * @param setup what runs in an empty rehearsal before the first migration
 */
export function proofInputs(history: readonly Migration[], setup = ''): readonly ProofInputs[] {
  let before = hash(setup)
  return history.map((migration) => {
    const inputs: ProofInputs = {
      migration: hash(migration.sql),
      down: migration.down === undefined ? null : hash(migration.down),
      data: migration.hasData ? hash(readDataStep(migration.directory)) : null,
      history: before,
    }
    before = hash([before, inputs.migration, inputs.data ?? ''].join(' '))
    return inputs
  })
}

function hash(text: string): string {
  return digest('sha256', text.replaceAll('\r\n', '\n').replaceAll(allowLine, ''), 'hex')
}

const allowLine = /^[ \t]*--[ \t]*tide:[ \t]*allow\b.*\n?/gm
