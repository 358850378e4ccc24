import { schemaInvalid, engineFailed } from './errors.ts'
import type { SchemaText } from './schema-text.ts'
import { type Failure, isFailure, withCause } from '../errors/failure.ts'

/** What the engine throws, as a failure: Prisma's own message with file and line where the schema is wrong. */
export function explainEngineError(error: unknown, schema: SchemaText): Failure {
  if (isFailure(error)) return error
  const { message: raw, code } = readError(error)
  const message = plainText(raw)
  const place = placeOf(message, schema)
  if (code === 'P1012' || place !== undefined) {
    return withCause(schemaInvalid(firstProblem(message), place?.file, place?.line), error)
  }
  return withCause(engineFailed(message, code), error)
}

/** Some of Prisma's packages put a document into the message. */
function readError(error: unknown): { readonly message: string; readonly code: string | undefined } {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
  if (!message.startsWith('{"')) return { message, code }
  try {
    const document = JSON.parse(message) as { readonly message?: string; readonly error_code?: string }
    return { message: document.message ?? message, code: document.error_code ?? code }
  } catch {
    return { message, code }
  }
}

/** The engine colours its messages. */
function plainText(message: string): string {
  return message.replaceAll(/\u001b\[[0-9;]*m/g, '').trim()
}

/** Prisma writes ` --> prisma/schema.prisma:12` above each excerpt. */
function placeOf(message: string, schema: SchemaText): { file: string; line: number } | undefined {
  const match = /-->\s+(.+):(\d+)/.exec(message)
  if (match?.[1] === undefined || match[2] === undefined) return undefined
  const file = schema.files.find((candidate) => candidate.path === match[1])?.path ?? match[1]
  return { file, line: Number(match[2]) }
}

/** Without the technical head and tail around Prisma's own explanation. */
function firstProblem(message: string): string {
  const start = message.indexOf('error:')
  const body = start === -1 ? message : message.slice(start)
  return body.replace(/\n*Validation Error Count:[\s\S]*$/, '').trim()
}
