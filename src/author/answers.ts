import { answerUnreadable, answersFileInvalid } from './errors.ts'

/** What a person decided, in the five kinds. Keys and names are Prisma's: `Model`, `Model.field`, `Enum.VALUE`. */
export interface Answers {
  /** `Model.old` → `new`, `Model` → `New`, `Enum.OLD` → `NEW`. */
  readonly rename: Readonly<Record<string, string>>
  /** `Model.field`, `Model` or `Enum.VALUE`, with its data. */
  readonly delete: readonly string[]
  /** `Model.field` → an SQL expression over the row as it was; `none` where no row needs a value. */
  readonly fill: Readonly<Record<string, string>>
  /** `Model.field` → an SQL expression over the row that gives the value of the new type. */
  readonly cast: Readonly<Record<string, string>>
  /** `Enum.OLD` → the value that rows with the removed one get. */
  readonly map: Readonly<Record<string, string>>
}

/** The five kinds of questions, in the order in which they are asked. */
export const answerKinds = ['rename', 'delete', 'fill', 'cast', 'map'] as const
/** One of the five kinds of questions. */
export type AnswerKind = (typeof answerKinds)[number]

/** Nothing is answered yet. */
export const noAnswers: Answers = { rename: {}, delete: [], fill: {}, cast: {}, map: {} }

/** As flags hold them: `--rename A.b:c`, `--delete A.b`, `--fill 'A.b=…'`, `--cast 'A.b=…'`, `--map E.A=B`. */
export type AnswerFlags = Readonly<Partial<Record<AnswerKind, readonly string[]>>>

/** @throws AUTHOR_ANSWER_UNREADABLE naming the flag */
export function readAnswerFlags(flags: AnswerFlags): Answers {
  return {
    rename: pairs('rename', flags.rename, ':'),
    delete: (flags.delete ?? []).map((name) => name.trim()),
    fill: pairs('fill', flags.fill, '='),
    cast: pairs('cast', flags.cast, '='),
    map: pairs('map', flags.map, '='),
  }
}

/**
 * Reads the document of `--answers FILE`.
 * @throws AUTHOR_ANSWERS_INVALID naming the key
 */
export function readAnswersDocument(text: string, file: string): Answers {
  const document = parseJson(text, file)
  if (!isRecord(document)) throw answersFileInvalid(file, 'It must hold one JSON object.')
  for (const key of Object.keys(document)) {
    if (!answerKinds.some((kind) => kind === key)) {
      throw answersFileInvalid(file, `"${key}" is none of ${answerKinds.join(', ')}.`)
    }
  }
  return {
    rename: stringRecord(document['rename'], 'rename', file),
    delete: stringList(document['delete'], 'delete', file),
    fill: stringRecord(document['fill'], 'fill', file),
    cast: stringRecord(document['cast'], 'cast', file),
    map: stringRecord(document['map'], 'map', file),
  }
}

/** Both together; where both answer the same question, `later` holds. */
export function mergeAnswers(earlier: Answers, later: Answers): Answers {
  return {
    rename: { ...earlier.rename, ...later.rename },
    delete: [...new Set([...earlier.delete, ...later.delete])],
    fill: { ...earlier.fill, ...later.fill },
    cast: { ...earlier.cast, ...later.cast },
    map: { ...earlier.map, ...later.map },
  }
}

/** Splits at the first "=", for an expression may hold further ones, and at the last ":", for a new name holds none. */
function pairs(kind: AnswerKind, values: readonly string[] | undefined, separator: string): Record<string, string> {
  return Object.fromEntries(
    (values ?? []).map((value) => {
      const at = separator === ':' ? value.lastIndexOf(separator) : value.indexOf(separator)
      const [key, answer] = [value.slice(0, Math.max(at, 0)).trim(), value.slice(at + 1).trim()]
      if (key === '' || answer === '') throw answerUnreadable(kind, value, separator)
      return [key, answer]
    }),
  )
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw answersFileInvalid(file, error instanceof Error ? error.message : 'It is not JSON.')
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function stringRecord(value: unknown, key: string, file: string): Record<string, string> {
  if (value === undefined) return {}
  if (!isRecord(value)) throw answersFileInvalid(file, `"${key}" must be an object of strings.`)
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => {
      if (typeof text !== 'string') throw answersFileInvalid(file, `"${key}.${name}" must be a string.`)
      return [name, text]
    }),
  )
}

function stringList(value: unknown, key: string, file: string): readonly string[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw answersFileInvalid(file, `"${key}" must be a list of strings.`)
  return value.map((item: unknown, index) => {
    if (typeof item !== 'string') throw answersFileInvalid(file, `"${key}[${String(index)}]" must be a string.`)
    return item
  })
}
