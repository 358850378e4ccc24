import type { Migration } from '../../history/read-history.ts'
import type { Proof, ProofInputs } from '../proof.ts'
import { readProofFile } from './proof-files.ts'
import { proofInputs } from './proof-inputs.ts'
import { parseProof } from './proof-text.ts'

/** How a migration stands with its proof. */
export interface ProofState {
  readonly migration: Migration
  /** Absent where there is none that this version reads. */
  readonly proof?: Proof
  /** True where there is a file, and it is no proof: another version's, or one that contradicts itself. */
  readonly isUnreadable?: boolean
  /** What changed since the proof was made; empty: it holds. */
  readonly stale: readonly string[]
}

/** The proofs of a history, read from files: no database is needed to know whether they still hold. */
export function readProofs(history: readonly Migration[], setup?: string): readonly ProofState[] {
  const files = history.map(readProof)
  const proofs = files.map((file) => file?.proof)
  // Nobody asks for the inputs of what stands behind the last proof: a long history without proofs is not hashed.
  const proven = history.slice(0, proofs.findLastIndex((proof) => proof !== undefined) + 1)
  const inputs = proofInputs(proven, setup)
  return history.map((migration, position) => {
    const proof = proofs[position]
    const now = inputs[position]
    if (proof === undefined || now === undefined) {
      return { migration, stale: [], isUnreadable: files[position] !== undefined }
    }
    return { migration, proof, stale: changedInputs(proof.inputs, now) }
  })
}

/** True where a proof is there and still holds. */
export function isCurrent({ proof, stale }: ProofState): boolean {
  return proof !== undefined && stale.length === 0
}

/** Undefined where there is no file. */
function readProof({ directory }: Migration): { readonly proof: Proof | undefined } | undefined {
  const text = readProofFile(directory)
  return text === undefined ? undefined : { proof: parseProof(text) }
}

function changedInputs(then: ProofInputs, now: ProofInputs): readonly string[] {
  const names: readonly (readonly [keyof ProofInputs, string])[] = [
    ['migration', 'migration.sql'],
    ['down', 'down.sql'],
    ['data', 'its data step'],
    ['history', 'the history before it'],
  ]
  return names.flatMap(([key, name]) => (then[key] === now[key] ? [] : [name]))
}
