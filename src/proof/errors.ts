import { defineFailure } from '../errors/failure.ts'

/** A proof cannot be written where it belongs. */
export const proofUnwritable = defineFailure('PROOF_UNWRITABLE', (file: string, reason: string) => ({
  message: `The proof ${file} cannot be written.`,
  why: reason,
  fix: 'A proof is a file beside migration.sql: take away what stands in its place, make the folder writable and make room on the disk. Then run the command again.',
}))
