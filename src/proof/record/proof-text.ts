import * as v from 'valibot'
import { type Loss, type Proof, type TriedHazard, verdicts } from '../proof.ts'

/** The text of `proof.json`: always in the same order, and nothing in it of when and where it was made. */
export function renderProof(proof: Proof): string {
  const { format, verdict, losses, reasons, hazards, volatile, notes, rows, inputs } = proof
  const ordered: Proof = {
    format,
    verdict,
    losses: losses.map(lossOf),
    reasons,
    hazards: hazards.map(hazardOf),
    volatile,
    notes,
    rows,
    inputs: { migration: inputs.migration, down: inputs.down, data: inputs.data, history: inputs.history },
  }
  return `${JSON.stringify(ordered, null, 2)}\n`
}

/**
 * Undefined where the text is no proof of a format that this version reads, or contradicts itself: it counts as none.
 */
export function parseProof(text: string): Proof | undefined {
  try {
    const result = v.safeParse(proofSchema, JSON.parse(text))
    const proof = result.success ? (result.output as Proof) : undefined
    return proof !== undefined && isConsistent(proof) ? proof : undefined
  } catch {
    return undefined
  }
}

/** A verdict that its own grounds do not bear was not written by a rehearsal. */
function isConsistent({ verdict, losses, reasons, hazards }: Proof): boolean {
  if (hazards.some(({ outcome }) => outcome === 'breaks') && verdict !== 'fails') return false
  const hasReason = reasons.length > 0
  if (verdict === 'fails' || verdict === 'irreversible') return hasReason
  return !hasReason && losses.length > 0 === (verdict === 'lossy')
}

function lossOf({ object, rows, reason }: Loss): Loss {
  return { object, rows, reason }
}

function hazardOf({ hazard, object, outcome, rows, sql, error }: TriedHazard): TriedHazard {
  const found = { hazard, object, outcome, rows, sql }
  if (error === undefined) return found
  return { ...found, error: { sqlstate: error.sqlstate, message: error.message, line: error.line } }
}

const text = v.string()
const texts = v.array(text)
const count = v.pipe(v.number(), v.integer())

const proofSchema = v.object({
  format: v.literal(1),
  verdict: v.picklist(verdicts),
  losses: v.array(v.object({ object: text, rows: count, reason: text })),
  reasons: texts,
  hazards: v.array(
    v.object({
      hazard: text,
      object: text,
      outcome: v.picklist(['breaks', 'harmless', 'impossible', 'untried']),
      rows: text,
      sql: text,
      error: v.optional(v.object({ sqlstate: text, message: text, line: count })),
    }),
  ),
  volatile: texts,
  notes: texts,
  rows: v.pipe(count, v.minValue(1)),
  inputs: v.object({ migration: text, down: v.nullable(text), data: v.nullable(text), history: text }),
})
