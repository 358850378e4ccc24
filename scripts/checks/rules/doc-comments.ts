import ts from 'typescript'
import type { Rule } from '../rule.ts'
import { type SourceFile, sourceFiles } from '../source-files.ts'

/** What a file offers to others says what it means. */
export const rule: Rule = {
  name: 'doc-comments',
  ensures: 'every export in src has a doc comment',
  find: async (root) =>
    (await sourceFiles(root, 'src', ['.ts']))
      // A command says what it does in its own description.
      .filter(({ path }) => !path.startsWith('src/cli/commands/'))
      .flatMap(undocumented),
}

function undocumented(file: SourceFile): readonly string[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true)
  const seen = new Set<string>()
  return source.statements.filter(isExported).flatMap((statement) => {
    const name = nameOf(statement)
    // The overloads of one function share the comment of the first.
    if (seen.has(name)) return []
    seen.add(name)
    const line = source.getLineAndCharacterOfPosition(statement.getStart()).line + 1
    return ts.getJSDocCommentsAndTags(statement).length > 0 ? [] : [`${file.path}:${line}: ${name} has no doc comment`]
  })
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  )
}

function nameOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText()).join(', ')
  }
  return 'name' in statement ? (statement.name as ts.Identifier).getText() : statement.getText().slice(0, 40)
}
