import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import { inContext } from './model-context.ts'
import { type ModelRole, modelRole } from './model-role.ts'
import type { ClassifyRule, PiiClass } from './rule.ts'
import { classifyRules } from './rules.ts'
import { similarity } from './similarity.ts'
import { statedIn } from './stated.ts'
import { type TypeGroup, typeGroup } from './type-group.ts'
import { withoutModel, wordsOf } from './words.ts'

/** What a column probably holds. */
export interface Classification {
  /** The name of what makes such values; undefined where nothing fits. */
  readonly generator: string | undefined
  /** Of an unknown text F, of an unknown key K, else N. */
  readonly piiClass: PiiClass
  /** 0 to 1; below `confident` it is a guess that a person should look at. */
  readonly confidence: number
  /** In words, for the person who looks at it. */
  readonly reason: string
}

/** What the classifier looks at: nothing that needs a row. */
export type ClassifiedColumn = Pick<ColumnFacts, 'name' | 'kind' | 'baseType'> & {
  /** The comments of the schema; `@seed(name)` and `@pii(class)` in them overrule every rule. */
  readonly documentation?: string
}

/** From here on a classification is acted on. */
export const confident = 0.65

/** What a column of a model holds, by its name, its type and what the model is about. Pure; knows nothing of values. */
export function classify(column: ClassifiedColumn, model: string): Classification {
  const { generator, meaning, piiClass } = statedIn(column.documentation ?? '')
  const found = generator === undefined ? byName(column, model) : byStatement(generator)
  if (meaning !== undefined) {
    const reason = `the schema says @pii(${meaning})`
    return { generator: generator ?? meaning, piiClass: piiClass ?? found.piiClass, confidence: 1, reason }
  }
  if (piiClass === undefined) return found
  return { ...found, piiClass, reason: `${found.reason}; the schema says @pii(${piiClass})` }
}

function byStatement(generator: string): Classification {
  const piiClass = classifyRules.find((rule) => rule.generator === generator)?.piiClass ?? 'N'
  return { generator, piiClass, confidence: 1, reason: `the schema says @seed(${generator})` }
}

interface Match {
  readonly rule: ClassifyRule
  readonly confidence: number
  /** Among equals: the model agrees, and more words are the better evidence. */
  readonly weight: number
  readonly reason: string
}

function byName(column: ClassifiedColumn, model: string): Classification {
  const group = typeGroup(column)
  const role = modelRole(model)
  const words = wordsOf(column.name)
  const forms = [...new Set([words, withoutModel(words, wordsOf(model))].map((form) => form.join(' ')))]
  // Similarity is dear, and worth less than any other evidence.
  const best = bestOf(forms, group, role, scoreOf) ?? bestOf(forms, group, role, guessOf)
  const noun = nameOfPerson(words)
  if (noun !== undefined && group === 'text' && (best === undefined || best.confidence < 1)) {
    return { generator: 'fullName', piiClass: 'D', confidence: 0.9, reason: `the name of a ${noun}` }
  }
  if (best === undefined) {
    const reason = `no rule fits "${words.join(' ')}", type ${group}`
    return inContext({ generator: undefined, piiClass: classOfUnknown.get(group) ?? 'N', confidence: 0, reason }, group, model)
  }
  const { rule, confidence, reason } = best
  return inContext({ generator: rule.generator, piiClass: rule.piiClass, confidence, reason }, group, model)
}

/** `viewerName`, `name_of_reviewer`: whose name it is, where a word for a person says so. */
function nameOfPerson(words: readonly string[]): string | undefined {
  const noun = words.at(-1) === 'name' ? words.at(-2) : words.slice(-3, -1).join(' ') === 'name of' ? words.at(-1) : undefined
  return noun !== undefined && personNouns.has(noun) ? noun : undefined
}

/** Words for people that stand for nothing else: no `agent`, `client`, `host` or `tenant`. */
const personNouns: ReadonlySet<string> = new Set(
  (
    'viewer visitor guest member sender receiver recipient reporter requester approver reviewer commenter speaker teacher student pupil ' +
    'patient doctor nurse physician driver passenger employee staff worker contact customer buyer author creator editor manager player ' +
    'candidate applicant attendee participant subscriber donor spouse husband wife father mother guardian son daughter ' +
    'brother sister kin witness signer signatory invitee inviter caller voter tutor coach instructor supervisor representative ' +
    'beneficiary nominee payer payee referrer mentor mentee landlord lawyer attorney judge officer person human'
  ).split(' '),
)

function bestOf(
  forms: readonly string[],
  group: TypeGroup,
  role: ModelRole | undefined,
  judge: (form: string, entry: Entry) => Score | undefined,
): Match | undefined {
  let best: Match | undefined
  for (const entry of entries()) {
    if (!entry.rule.types.includes(group)) continue
    const agrees = entry.rule.models === undefined || (role !== undefined && entry.rule.models.includes(role))
    for (const form of forms) {
      const score = judge(form, entry)
      if (score === undefined) continue
      const confidence = agrees ? score.confidence : score.confidence * 0.9
      const weight = entry.words.length + (agrees && entry.rule.models !== undefined ? 0.5 : 0)
      const match = { rule: entry.rule, confidence, weight, reason: `${score.how} "${entry.name}", type ${group}` }
      if (best === undefined || isBetter(match, best)) best = match
    }
  }
  return best
}

const classOfUnknown: ReadonlyMap<TypeGroup, PiiClass> = new Map([
  ['text', 'F'],
  ['json', 'F'],
  ['bytes', 'F'],
  ['vector', 'F'],
  ['uuid', 'K'],
  ['inet', 'D'],
  ['mac', 'Q'],
  // XML, hstore, tsvector, positions, composite types: what is not known is not let through.
  ['other', 'F'],
])

function isBetter(match: Match, best: Match): boolean {
  return match.confidence > best.confidence || (match.confidence === best.confidence && match.weight > best.weight)
}

interface Score {
  readonly confidence: number
  readonly how: string
}

function scoreOf(form: string, { name, words }: Entry): Score | undefined {
  if (form === name) return { confidence: 1, how: 'named' }
  if (form.endsWith(` ${name}`)) return { confidence: 0.9, how: 'ends in' }
  const own = form.split(' ')
  if (words.every((word) => own.includes(word))) return { confidence: 0.8, how: 'has the words of' }
  return undefined
}

function guessOf(form: string, { name }: Entry): Score | undefined {
  return name.length >= 5 && similarity(form, name) >= 0.85 ? { confidence: 0.6, how: 'almost named' } : undefined
}

interface Entry {
  readonly rule: ClassifyRule
  readonly name: string
  readonly words: readonly string[]
}

let index: readonly Entry[] | undefined

/** Made when first asked: commands that classify nothing load this file too. */
function entries(): readonly Entry[] {
  index ??= classifyRules.flatMap((rule) =>
    rule.names.split(',').map((name) => {
      const words = wordsOf(name)
      return { rule, name: words.join(' '), words }
    }),
  )
  return index
}
