import { type Classification, classify } from '../../seed/classify/classify.ts'
import { statableNames, statedIn } from '../../seed/classify/stated.ts'
import { typeGroup } from '../../seed/classify/type-group.ts'
import { wordsOf } from '../../seed/classify/words.ts'
import { nearestName } from '../../errors/nearest-name.ts'
import type { ReviewedColumn } from './classification.ts'
import { piiUnknown } from './errors.ts'
import { proposeMask } from './propose-mask.ts'
import type { SchemaColumn } from './schema-columns.ts'

/**
 * What a column holds and how it is masked, as far as the schema says it. What the schema states in a comment is
 * reviewed with the schema, and a key of another model is masked as that is: both are accepted. All else is a guess.
 * @throws MASK_PII_UNKNOWN
 */
export function proposeColumn(input: SchemaColumn): ReviewedColumn {
  const { column, documentation, pointsAt, table, field } = input
  const stated = statedIn(documentation ?? '')
  if (stated.unknown !== undefined) {
    throw piiUnknown(`${table}.${field}`, stated.unknown, nearestName(stated.unknown, statableNames()))
  }
  if (pointsAt !== undefined && stated.piiClass === undefined) {
    return { class: 'K', mask: 'link', confidence: 1, reason: `points at ${pointsAt}`, accepted: true }
  }
  const { generator, piiClass, confidence, reason } = besidePerson(
    input,
    classify({ ...column, ...(documentation !== undefined && { documentation }) }, table),
  )
  const mask = proposeMask(piiClass, confidence > 0 ? generator : undefined, column)
  if (stated.piiClass === undefined) {
    const isWritten = mask === 'keep' && typeGroup(column) === 'text' && writtenByPeople.has(generator ?? '')
    const sure = Math.min(isWritten ? 0.85 : 1, Math.round(confidence * 100) / 100)
    const why = isWritten ? `${reason}; people write it, so look at what stands there` : reason
    return { class: piiClass, mask, confidence: sure, reason: why, accepted: false }
  }
  const said = `@pii(${stated.meaning ?? (piiClass === 'N' ? 'none' : piiClass)})`
  const why = stated.reason === undefined ? `the schema says ${said}` : `the schema says ${said}: ${stated.reason}`
  return { class: piiClass, mask, confidence: 1, reason: why, accepted: true }
}

/** A `name` that stands beside an e-mail address is the name of whom it belongs to. */
function besidePerson({ column, beside }: SchemaColumn, found: Classification): Classification {
  if (found.generator !== 'title' || !/^(?:display )?name$/u.test(wordsOf(column.name).join(' '))) return found
  const address = beside.find((name) => belongsToSomebody.test(wordsOf(name).join(' ')))
  if (address === undefined) return found
  return { generator: 'fullName', piiClass: 'D', confidence: 0.9, reason: `a name beside "${address}"` }
}

/**
 * What holds nothing of a person by its name, but what somebody has typed or uploaded: the name of a rule is no proof
 * of the value, so nobody accepts it unseen.
 */
const writtenByPeople: ReadonlySet<string> = new Set(
  'title url domain fileName filePath slug categoryName companyName productName image'.split(' '),
)

/** How somebody is reached; no order to write to them (`verify email`). */
const belongsToSomebody =
  /^(?!(?:verify|send|require|is|has|show|notify|allow|enable|use|hide|collect) )(?:.* )?(?:email|email address|first name|phone|phone number)$/u
