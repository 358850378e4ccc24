import type { Answers } from '../answers.ts'
import { noFill } from '../decisions/fill-question.ts'
import type { Names } from '../names.ts'
import type { ObjectName } from '../script/operation.ts'
import { asWritten, type StartFacts } from '../start-facts.ts'
import { namesBefore } from './names-before.ts'
import type { OriginalPlace } from './original-place.ts'
import { withNewNames } from './with-new-names.ts'

/**
 * The answers as they hold once the renames are carried out: an expression is over the row as it is, so it may call
 * by its old name what the same edit renames.
 */
export async function answersAfterRenames(
  answers: Answers,
  { facts, names }: { readonly facts: StartFacts; readonly names: Names },
  original: OriginalPlace,
): Promise<Answers> {
  const before = namesBefore(facts, original)
  const rewrite = async (expressions: Answers['fill']): Promise<Answers['fill']> => {
    const pairs = Object.entries(expressions).map(async ([subject, expression]) => {
      const row = expression === noFill ? undefined : tableOf(subject, facts, names)
      return [subject, row === undefined ? expression : await withNewNames(expression, row, before)] as const
    })
    return Object.fromEntries(await Promise.all(pairs))
  }
  return { ...answers, fill: await rewrite(answers.fill), cast: await rewrite(answers.cast) }
}

/** The table of `Model.field`; the model's name as it is shown goes before one that it only had. */
function tableOf(subject: string, facts: StartFacts, names: Names): ObjectName | undefined {
  const model = subject.slice(0, subject.indexOf('.'))
  const tables = facts.tables.map((table) => asWritten(facts, table))
  const shown = tables.find((table) => names.models(table)[0] === model)
  return shown ?? tables.find((table) => names.models(table).includes(model))
}
