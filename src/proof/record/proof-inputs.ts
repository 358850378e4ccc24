import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Migration } from '../../history/read-history.ts'
import type { ProofInputs } from '../proof.ts'

/**
 * What the proof of each migration of a history holds for, from files alone. Line ends do not count: git may turn them.
 * @param setup what runs in an empty rehearsal before the first migration
 */
export function proofInputs(history: readonly Migration[], setup = ''): readonly ProofInputs[] {
  let before = hash(setup)
  return history.map((migration) => {
    const inputs: ProofInputs = {
      migration: hash(migration.sql),
      down: migration.down === undefined ? null : hash(migration.down),
      data: migration.hasData ? hash(dataText(migration)) : null,
      history: before,
    }
    before = hash([before, inputs.migration, inputs.data ?? ''].join(' '))
    return inputs
  })
}

function dataText({ directory }: Migration): string {
  const file = ['data.ts', 'data.sql'].map((name) => join(directory, name)).find((path) => existsSync(path))
  return file === undefined ? '' : readFileSync(file, 'utf8')
}

function hash(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
}
