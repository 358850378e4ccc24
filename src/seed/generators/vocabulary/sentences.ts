import type { Random } from '../../random/random.ts'

const openings = 'The team,A customer,Support,The supplier,Our partner,The warehouse,Finance,The office,A colleague,The project'.split(',')
const deeds = 'confirmed,asked about,postponed,checked,approved,described,updated,received,reported,prepared'.split(',')
const things =
  'the delivery,the new layout,the monthly figures,a small change,the open question,the next step,the final version,' +
  'the meeting notes,an earlier request,the samples,the opening hours,the price list'
const objects = things.split(',')
const endings = ' this morning, last week, without delay, for the second time, as agreed, by letter, after lunch, on time,'.split(',')

/** A sentence of an office: grammatical, harmless, and of nobody. */
export function sentenceOf(random: Random): string {
  return `${random.pick(openings)} ${random.pick(deeds)} ${random.pick(objects)}${random.pick(endings)}.`
}

/** Two to six of them. */
export function paragraphOf(random: Random): string {
  let text = sentenceOf(random)
  for (let more = 1 + random.below(5); more > 0; more--) text += ` ${sentenceOf(random)}`
  return text
}
