import ts from 'typescript'
import type { Rule } from '../rule.ts'
import { readText, type SourceFile, sourceFiles } from '../source-files.ts'

/** Every failure is in docs/errors.md, with what it means and what to do, and the page lists nothing else. */
export const rule: Rule = {
  name: 'error-catalogue',
  ensures: 'every code of a failure is explained in docs/errors.md, and names its area',
  find: async (root) => {
    const declared = (await sourceFiles(root, 'src', ['.ts'])).flatMap(declarations)
    const entries = pageEntries(await readText(root, 'docs/errors.md'))
    return [
      ...declared.flatMap((one) => problemsOf(one, entries)),
      ...twice(declared),
      ...entries
        .filter(({ code }) => code !== bugCode && !declared.some((one) => one.code === code))
        .map(({ code }) => `docs/errors.md: ${code} is declared nowhere in src`),
      ...unsorted(entries),
    ]
  },
}

/** What is no failure: rendered by the command line for whatever else was thrown. */
const bugCode = 'CLI_BUG'

interface Declaration {
  readonly code: string
  readonly place: string
  readonly area: string
  readonly inErrorsFile: boolean
  readonly hasFix: boolean
}

interface Entry {
  readonly code: string
  readonly paragraphs: number
}

function declarations(file: SourceFile): readonly Declaration[] {
  if (file.path === 'src/errors/failure.ts' || !file.text.includes('defineFailure(')) return []
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true)
  const found: Declaration[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'defineFailure') {
      const [code] = node.arguments
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
      found.push({
        code: code !== undefined && ts.isStringLiteral(code) ? code.text : (code?.getText() ?? ''),
        place: `${file.path}:${line}`,
        area: file.path.split('/')[1] ?? '',
        inErrorsFile: file.path.endsWith('errors.ts'),
        hasFix: /\bfix\b/.test(node.getText()),
      })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function problemsOf(one: Declaration, entries: readonly Entry[]): readonly string[] {
  const entry = entries.find(({ code }) => code === one.code)
  return [
    ...(/^[A-Z]+(_[A-Z0-9]+)+$/.test(one.code) ? [] : [`${one.place}: the code ${one.code} is not AREA_WHAT`]),
    ...(one.inErrorsFile ? [] : [`${one.place}: ${one.code} is declared outside an errors.ts`]),
    ...(one.hasFix ? [] : [`${one.place}: ${one.code} names no way out (fix)`]),
    ...(entry === undefined ? [`${one.place}: ${one.code} is not in docs/errors.md`] : []),
    ...(entry !== undefined && entry.paragraphs < 2
      ? [`docs/errors.md: ${one.code} needs two paragraphs: what it means, and what to do`]
      : []),
  ]
}

function twice(declared: readonly Declaration[]): readonly string[] {
  return declared
    .filter((one, at) => declared.findIndex(({ code }) => code === one.code) < at)
    .map((one) => `${one.place}: ${one.code} is declared twice`)
}

function pageEntries(page: string): readonly Entry[] {
  const [, ...sections] = page.split(/^### /m)
  return sections.map((section) => {
    const [code = '', ...rest] = section.split('\n')
    const paragraphs = rest.join('\n').split(/\n\s*\n/).filter((text) => text.trim() !== '')
    return { code: code.trim(), paragraphs: paragraphs.length }
  })
}

function unsorted(entries: readonly Entry[]): readonly string[] {
  return entries
    .filter(({ code }, at) => at > 0 && code <= (entries[at - 1]?.code ?? ''))
    .map(({ code }) => `docs/errors.md: ${code} is not in the order of the alphabet`)
}
