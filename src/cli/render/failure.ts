import type { Failure, FailurePlace } from '../../errors/failure.ts'
import type { Colors } from '../colors.ts'

/** A failure for a person: code and message, why, where with the lines around it, the way out, where to read on. */
export function renderFailure(failure: Failure, colors: Colors): string {
  const { message, why, fix, where } = failure.details
  return [
    `${colors.red(colors.bold('error'))} ${colors.bold(failure.code)}  ${message}`,
    ...labelled('why', why, colors),
    ...(where === undefined ? [] : place(where, colors)),
    ...labelled('fix', fix, colors),
    ...labelled('docs', docsPath(failure.code), colors),
    '',
  ].join('\n')
}

/** The same for a program: what `--json` prints in place of the command's document. */
export function failureDocument(failure: Failure): object {
  const { message, why, fix, where, meta } = failure.details
  return { error: { ...meta, code: failure.code, message, why, fix, where } }
}

/** Where a code is explained; the page is part of the package. */
function docsPath(code: string): string {
  return `prisma-tide/docs/errors.md#${code.toLowerCase()}`
}

function labelled(label: string, text: string | undefined, colors: Colors): readonly string[] {
  if (text === undefined || text === '') return []
  return [`  ${colors.dim(label.padEnd(6))}${indentRest(text, 8)}`]
}

function place(where: FailurePlace, colors: Colors): readonly string[] {
  const position = [where.file, where.line, where.line === undefined ? undefined : where.column]
    .filter((part) => part !== undefined)
    .join(':')
  const excerpt = where.excerpt === undefined || where.excerpt === '' ? [] : ['', indent(where.excerpt, 4), '']
  return [...labelled('where', position, colors), ...excerpt]
}

function indent(text: string, width: number): string {
  return ' '.repeat(width) + indentRest(text.replace(/\n+$/, ''), width)
}

function indentRest(text: string, width: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(width)}`)
}
